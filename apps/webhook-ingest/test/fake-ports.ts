import { AppError, type SourceEvent } from '@contact-sync/domain';
import { createAcmeVerifier, parseSecrets, signAcme } from '@contact-sync/webhook-signature';
import type { IngestPorts, RefusedItem } from '../src/ports.ts';

export const secret = 'c2VjcmV0LW9mLXRoZS10ZXN0cy10aGF0LWlzLWxvbmc';

const readSecrets = () => {
  const text = JSON.stringify({ secrets: [{ id: 'acme-1', secret, notBefore: null, notAfter: null }] });
  const parsed = parseSecrets(text, { scheme: 'acme' });
  if (!parsed.ok) throw new Error('the secrets of the tests are not usable');
  return parsed.set;
};

export type FakePorts = IngestPorts & {
  readonly published: SourceEvent[];
  readonly quarantined: RefusedItem[];
  readonly window: Set<string>;
  readonly items: string[];
  /** Events with these ids cannot be published until taken out. */
  readonly unpublishable: Set<string>;
};

/** Ports that keep everything in memory, with the real verifier. */
export const createFakePorts = (): FakePorts => {
  const published: SourceEvent[] = [];
  const quarantined: RefusedItem[] = [];
  const window = new Set<string>();
  const items: string[] = [];
  const unpublishable = new Set<string>();
  return {
    published,
    quarantined,
    window,
    items,
    unpublishable,
    verifier: createAcmeVerifier({ secrets: readSecrets() }),
    log: {
      publish: async (event) => {
        if (unpublishable.has(event.eventId)) {
          throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
        }
        published.push(event);
      },
    },
    quarantine: {
      keep: async (item) => void quarantined.push(item),
      offer: async (offered) => void quarantined.push(...offered),
    },
    seen: {
      known: async (keys) => new Set(keys.filter((key) => window.has(key))),
      remember: async (keys) => {
        for (const key of keys) window.add(key);
      },
    },
    observer: { item: (outcome) => void items.push(outcome) },
    now: Date.now,
  };
};

/** The headers of a delivery as AcmeCRM would send it now, or `offsetSeconds` from now. */
export const signed = (body: string | Buffer, offsetSeconds = 0) => ({
  'content-type': 'application/json',
  ...signAcme({ secret, timestamp: Math.floor(Date.now() / 1_000) + offsetSeconds, body }),
});
