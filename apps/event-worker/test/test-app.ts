import { createTestIssuer } from '@contact-sync/access/testing';
import { eventRoutes, type Receipt, type SourceEvents } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { createLogger, createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createSecuredServer } from '../src/app.ts';
import { eventHandlers } from '../src/routes/events.ts';
import { createInMemoryFateStore } from './in-memory-fate-store.ts';

/** What nobody can be asked for now. */
export type Away = 'redis' | 'ingest' | 'contact-service';

/** The app on fates, receipts and histories in memory, with real tokens of a test issuer. */
export const createTestApp = async ({ keptEvents = 1_000, now = Date.now } = {}) => {
  const issuer = createTestIssuer();
  const away = new Set<Away>();
  const assertThere = (name: Away): void => {
    if (away.has(name))
      throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
  };
  const store = createInMemoryFateStore({ keptSeconds: 3_600, keptEvents, now });
  const accepted = new Map<string, readonly Receipt[]>();
  const histories = new Map<string, SourceEvents>();
  const fates = {
    store: {
      ...store,
      ofEvents: async (ids: readonly string[]) => {
        assertThere('redis');
        return store.ofEvents(ids);
      },
    },
    receipts: {
      receipts: async (ids: readonly string[]) => {
        assertThere('ingest');
        return ids.map((eventId) => ({ eventId, contents: [...(accepted.get(eventId) ?? [])] }));
      },
    },
    history: {
      sourceEvents: async (contactId: string) => {
        assertThere('contact-service');
        return histories.get(contactId);
      },
    },
  };
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  await serveRoutes(app, eventRoutes, eventHandlers(fates));
  const headers = (token = issuer.userToken('viewer')) => ({ authorization: `Bearer ${token}` });
  const get = (url: string, token?: string) => app.inject({ url, headers: headers(token) });
  const lookUp = (...ids: readonly string[]) =>
    app.inject({ method: 'POST', url: '/api/v1/events/lookup', payload: { ids }, headers: headers() });
  return { store, accepted, histories, away, issuer, get, lookUp };
};
