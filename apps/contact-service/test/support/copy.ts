import { createTestIssuer } from '@contact-sync/access/testing';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import type { RedisConnection } from '@contact-sync/redis';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createRedisContactStore } from '../../src/adapters/redis-contact-store/redis-contact-store.ts';
import { createApp } from '../../src/app.ts';

/** A copy of the service's app in this process, on a real Redis; its clock may be wrong by so many milliseconds. */
export const createCopy = async (
  redis: RedisConnection,
  { prefix = '', clockOffMs = 0 }: { readonly prefix?: string; readonly clockOffMs?: number } = {},
) => {
  const issuer = createTestIssuer();
  const store = createRedisContactStore({ redis, prefix, historyLimit: 100 });
  const mapping = compileMapping(builtInMapping);
  const now = () => new Date(Date.now() + clockOffMs).toISOString();
  const app = await createApp(
    {
      ports: { store, mapping, now },
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
  type Sent = { readonly payload?: object; readonly headers?: Readonly<Record<string, string>> };
  return {
    app,
    store,
    /** As an admin. */
    request: (
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      url: string,
      { payload, headers = {} }: Sent = {},
    ) =>
      app.inject({
        method,
        url: `/api/v1/contacts${url}`,
        headers: { authorization: admin, ...headers },
        ...(payload && { payload }),
      }),
    /** As event-worker. */
    apply: (...events: readonly object[]) =>
      app.inject({
        method: 'POST',
        url: '/internal/contacts/apply',
        payload: { events },
        headers: { authorization: worker },
      }),
  };
};
export type Copy = Awaited<ReturnType<typeof createCopy>>;
