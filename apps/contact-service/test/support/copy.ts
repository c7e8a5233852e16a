import { createTestIssuer } from '@contact-sync/access/testing';
import { builtInMapping, type CompiledMapping, compileMapping } from '@contact-sync/field-mapper';
import type { RedisConnection } from '@contact-sync/redis';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createRedisContactStore } from '../../src/adapters/redis-contact-store/redis-contact-store.ts';
import { createRedisMappings } from '../../src/adapters/redis-mappings.ts';
import { createRedisMirrorWalk } from '../../src/adapters/redis-remap/redis-mirror-walk.ts';
import { createApp } from '../../src/app.ts';

export type CopyOptions = {
  readonly prefix?: string;
  readonly clockOffMs?: number;
  readonly writeLeaseMs?: number;
  readonly conflictLimit?: number;
  readonly mapping?: CompiledMapping;
};

/** A copy of the service's app in this process, on a real Redis; its clock may be wrong by so many milliseconds. */
export const createCopy = async (
  redis: RedisConnection,
  {
    prefix = '',
    clockOffMs = 0,
    writeLeaseMs = 15_000,
    conflictLimit = 10_000,
    mapping = compileMapping(builtInMapping),
  }: CopyOptions = {},
) => {
  const issuer = createTestIssuer();
  const store = createRedisContactStore({ redis, prefix, historyLimit: 100, conflictLimit });
  const now = () => new Date(Date.now() + clockOffMs).toISOString();
  const app = await createApp(
    {
      ports: {
        store,
        mapping,
        now,
        mappings: createRedisMappings({ redis, prefix }),
        walk: createRedisMirrorWalk({ redis, prefix }),
        writeLeaseMs,
      },
      reader: { read: (id) => store.contactJson(id) },
      ...issuer.access(),
    },
    { TOKEN_ISSUER: 'contact-sync' },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  const admin = `Bearer ${issuer.userToken('admin')}`;
  const worker = `Bearer ${issuer.machineToken(['contacts:apply'], { aud: 'contact-service' })}`;
  type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
  type Sent = { readonly payload?: object; readonly headers?: Readonly<Record<string, string>> };
  /** As an admin. */
  const call = (method: Method, url: string, { payload, headers = {} }: Sent = {}) =>
    app.inject({ method, url, headers: { authorization: admin, ...headers }, ...(payload && { payload }) });
  const internal = (path: string, payload?: object) =>
    app.inject({
      method: payload ? 'POST' : 'GET',
      url: `/internal/contacts${path}`,
      headers: { authorization: worker },
      ...(payload && { payload }),
    });
  return {
    app,
    store,
    /** As event-worker; a read where nothing is sent. */
    internal,
    call,
    /** As an admin; `url` goes on after that of contacts. */
    request: (method: Method, url: string, sent?: Sent) => call(method, `/api/v1/contacts${url}`, sent),
    /** As event-worker. */
    apply: (...events: readonly object[]) => internal('/apply', { events }),
  };
};
export type Copy = Awaited<ReturnType<typeof createCopy>>;
