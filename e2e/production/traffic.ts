import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@contact-sync/client';
import { chunksOf, contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { expect } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import type { System } from '../src/system.ts';

/** What a load was answered: the contacts of events that were taken, by their ids in AcmeCRM, and what failed. */
export type Told = {
  readonly acmeIds: readonly string[];
  readonly failures: readonly string[];
  readonly reads: number;
};

export type Load = {
  /** Resolves once that many more events were taken. */
  taken(count: number): Promise<void>;
  /** The contacts of those that were taken until now. */
  takenSoFar(): readonly string[];
  /** Ends it. */
  stop(): Promise<Told>;
};

const EVERY_MS = 100;
const AT_ONCE = 20;

const described = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `, ${described(error.cause)}`;
  return `${error.name} ${error.message}${cause}`;
};

const failureOf = (what: string, error: unknown): string => `${what}: ${described(error)}`;

/** Sends first events of contacts of their own, ten a second, and reads through the gateway beside them, until stopped. */
export const beginLoad = (
  { ingestUrl, acmeSecret }: Pick<System, 'ingestUrl' | 'acmeSecret'>,
  api: Client,
): Load => {
  const stopping = new AbortController();
  const acmeIds: string[] = [];
  const failures: string[] = [];
  const underWay: Promise<void>[] = [];
  let reads = 0;

  const send = async (count: number): Promise<void> => {
    const acmeId = `acme-load-${randomUUID()}`;
    const body = JSON.stringify(acmeEvent(acmeContact(count, { id: acmeId, acme_version: 1 })));
    try {
      const { status } = await postWebhook(ingestUrl, { secret: acmeSecret, body });
      if (status === 202) acmeIds.push(acmeId);
      else failures.push(`webhook: ${status}`);
    } catch (error) {
      failures.push(failureOf('webhook', error));
    }
  };
  const read = async (): Promise<void> => {
    try {
      await api.listContacts({ query: { limit: 1 } });
      reads += 1;
    } catch (error) {
      failures.push(failureOf('read', error));
    }
  };
  const running = (async () => {
    for (let count = 1; !stopping.signal.aborted; count += 1) {
      underWay.push(send(count), read());
      await pause(EVERY_MS);
    }
  })();
  return {
    async taken(count) {
      const target = acmeIds.length + count;
      await eventually(() => acmeIds.length >= target, { timeoutMs: 60_000 });
    },
    takenSoFar: () => [...acmeIds],
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(underWay);
      return { acmeIds, failures, reads };
    },
  };
};

/** How many entries the history of each contact has; 0 where it is not there. */
export const effectsOf = async (api: Client, acmeIds: readonly string[]): Promise<Map<string, number>> => {
  const effects = new Map<string, number>();
  const count = async (acmeId: string) => {
    const asked = api.getHistory({ params: { id: contactIdOfAcme(acmeId) }, query: { limit: 10 } });
    effects.set(
      acmeId,
      await asked.then(
        ({ body }) => body.items.length,
        () => 0,
      ),
    );
  };
  for (const some of chunksOf(acmeIds, AT_ONCE)) await Promise.all(some.map(count));
  return effects;
};

/** Waits until each has its effect, and finds that none has two. */
export const eachOnce = async (api: Client, acmeIds: readonly string[]): Promise<void> => {
  await eventually(
    async () => {
      const effects = await effectsOf(api, acmeIds);
      expect([...effects].filter(([, count]) => count !== 1)).toEqual([]);
    },
    { timeoutMs: 60_000, intervalMs: 500 },
  );
};
