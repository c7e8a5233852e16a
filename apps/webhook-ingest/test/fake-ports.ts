import { AppError, type SourceEvent } from '@contact-sync/domain';
import { createAcmeVerifier, parseSecrets, signAcme } from '@contact-sync/webhook-signature';
import type { EventIdentity, IngestPorts, Receipt, RefusedItem } from '../src/ports.ts';

export const secret = 'c2VjcmV0LW9mLXRoZS10ZXN0cy10aGF0LWlzLWxvbmc';

const readSecrets = (shared: string) => {
  const text = JSON.stringify({
    secrets: [{ id: 'acme-1', secret: shared, notBefore: null, notAfter: null }],
  });
  const parsed = parseSecrets(text, { scheme: 'acme' });
  if (!parsed.ok) throw new Error('the secrets of the tests are not usable');
  return parsed.set;
};

export type FakePorts = IngestPorts & {
  readonly published: SourceEvent[];
  readonly quarantined: RefusedItem[];
  readonly window: Map<string, EventIdentity & { readonly receipt: Receipt }>;
  readonly unsigned: string[];
  readonly items: string[];
  /** Events with these ids cannot be published, or kept in quarantine, until taken out. */
  readonly unpublishable: Set<string>;
};

const keyOf = ({ eventId, contentHash }: EventIdentity) => `${eventId} ${contentHash}`;

/** Ports that keep everything in memory, with the real verifier and the secret that it shares with AcmeCRM. */
export const createFakePorts = (shared = secret): FakePorts => {
  const published: SourceEvent[] = [];
  const quarantined: RefusedItem[] = [];
  const window: FakePorts['window'] = new Map();
  const unsigned: string[] = [];
  const items: string[] = [];
  const unpublishable = new Set<string>();
  const assertReachable = (eventId: string | undefined): void => {
    if (eventId === undefined || !unpublishable.has(eventId)) return;
    throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
  };
  const repeats: { readonly key: string; readonly at: string }[] = [];
  const receiptsOf = (id: string) =>
    [...window.values()]
      .filter(({ eventId }) => eventId === id)
      .map(({ contentHash, receipt, ...identity }) => {
        const at = repeats
          .filter(({ key }) => key === keyOf({ ...identity, contentHash }))
          .map((repeat) => repeat.at);
        return { contentHash, ...receipt, ...(at.length > 0 && { duplicates: { count: at.length, at } }) };
      });
  return {
    published,
    quarantined,
    window,
    unsigned,
    items,
    unpublishable,
    verifier: createAcmeVerifier({ secrets: readSecrets(shared) }),
    log: {
      publish: async (event) => {
        assertReachable(event.eventId);
        published.push(event);
        return { topic: event.eventType, partition: 0, offset: String(published.length - 1) };
      },
    },
    quarantine: {
      keep: async (item) => {
        assertReachable(item.eventId);
        quarantined.push(item);
      },
      offer: async (offered) => void quarantined.push(...offered),
    },
    limit: { take: async () => ({ allowed: true }) },
    seen: {
      known: async (identities) => identities.map((identity) => window.has(keyOf(identity))),
      remember: async (entries) => {
        for (const entry of entries) window.set(keyOf(entry), entry);
      },
      repeated: async (identities, at) => {
        for (const identity of identities) repeats.push({ key: keyOf(identity), at });
      },
      receipts: async (eventIds) => eventIds.map(receiptsOf),
    },
    observer: {
      item: (outcome) => void items.push(outcome),
      unsigned: (code) => void unsigned.push(code),
    },
    now: Date.now,
  };
};

/** The headers of a delivery as AcmeCRM would send it now, or `offsetSeconds` from now. */
export const signed = (body: string | Buffer, offsetSeconds = 0) => ({
  'content-type': 'application/json',
  ...signAcme({ secret, timestamp: Math.floor(Date.now() / 1_000) + offsetSeconds, body }),
});

/** Bounds that no test comes near unless it says so. */
export const testSettings = {
  TOKEN_ISSUER: 'contact-sync',
  MAX_IN_FLIGHT_REQUESTS: 1_000,
  MAX_IN_FLIGHT_BYTES: 64 * 1_048_576,
  MAX_EVENT_LOOP_DELAY_MS: 0,
};
