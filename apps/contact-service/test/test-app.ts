import { createTestIssuer } from '@contact-sync/access/testing';
import type { SourceEvent } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createApp } from '../src/app.ts';
import type { ContactReader } from '../src/ports.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';
import { createInMemoryMappings } from './in-memory-mappings.ts';

export { everythingIn } from './support/everything-in.ts';

/** The app on a store in memory, with real tokens of a test issuer. */
export const createTestApp = async () => {
  const issuer = createTestIssuer();
  const ports = {
    store: createInMemoryContactStore({ historyLimit: 100 }),
    mapping: compileMapping(builtInMapping),
    now: () => new Date().toISOString(),
    walk: { pageAfter: async () => ({ items: [], isFirst: true }) },
    writeLeaseMs: 15_000,
    mappings: createInMemoryMappings(),
  };
  const reader: ContactReader = { read: (id) => ports.store.contactJson(id) };
  const app = await createApp(
    { ports, reader, ...issuer.access() },
    { TOKEN_ISSUER: 'contact-sync' },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  const workerToken = issuer.machineToken(['contacts:apply'], { aud: 'contact-service' });
  const get = (url: string, token = issuer.userToken('viewer')) =>
    app.inject({ url, headers: { authorization: `Bearer ${token}` } });
  const post = (url: string, payload: object, token: string) =>
    app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${token}` } });
  const apply = (...events: readonly SourceEvent[]) =>
    post('/internal/contacts/apply', { events }, workerToken);
  return { app, issuer, store: ports.store, mapping: ports.mapping, workerToken, get, post, apply };
};
