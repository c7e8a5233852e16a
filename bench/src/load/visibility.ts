import { setTimeout as pause } from 'node:timers/promises';
import { type AcmeRecord, contactIdOfAcme } from '@contact-sync/domain';
import { type AcmeUpsertEvent, acmeContact, acmeEvent } from '@contact-sync/testing';
import { signAcme } from '@contact-sync/webhook-signature';
import { Pool } from 'undici';
import type { Work } from '../harness/turn.ts';
import { type Pace, pace } from './pace.ts';

export type VisibilityOptions = {
  readonly ingestUrl: string;
  readonly secret: string;
  readonly contactUrl: string;
  /** A bearer token that may read contacts. */
  readonly token: string;
  /** How many contacts the events are of, in turns. */
  readonly contacts: number;
  /** Every how manieth event is watched until it is visible; watching costs requests. */
  readonly watchEvery: number;
};

const connections = 50;
const deadlineMs = 10_000;

/** Makes contacts at any version; the people are made ahead, for faker takes longer than the whole path. */
const createPeople = (count: number) => {
  const people = Array.from({ length: count }, (_, seed) => acmeContact(seed));
  return (seed: number, version: number): AcmeRecord => ({
    ...(people[seed] as AcmeRecord),
    acme_version: version,
    acme_title: `Title ${version}`,
  });
};

const createSender = ({ ingestUrl, secret }: VisibilityOptions) => {
  const pool = new Pool(ingestUrl, { connections });
  return async (event: AcmeUpsertEvent): Promise<void> => {
    const body = JSON.stringify(event);
    const headers = {
      'content-type': 'application/json',
      ...signAcme({ secret, timestamp: Math.floor(Date.now() / 1_000), body }),
    };
    const response = await pool.request({ method: 'POST', path: '/webhooks/acmecrm', headers, body });
    await response.body.dump();
    if (response.statusCode !== 202) throw new Error(`webhook-ingest answered ${response.statusCode}`);
  };
};

const createWatcher = ({ contactUrl, token }: VisibilityOptions) => {
  const pool = new Pool(contactUrl, { connections });
  const headers = { authorization: `Bearer ${token}` };
  const versionShown = async (path: string): Promise<number> => {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    if (statusCode === 200) return ((await body.json()) as { sourceVersion: number }).sourceVersion;
    await body.dump();
    if (statusCode === 404) return 0;
    throw new Error(`contact-service answered ${statusCode}`);
  };
  /**
   * Asks until the version is there, and the longer that lasts the less often: so what is timed is right to a tenth, and
   * a system that falls behind is not buried under questions.
   */
  return async (seed: number, version: number): Promise<void> => {
    const path = `/api/v1/contacts/${contactIdOfAcme(`acme-${seed}`)}/acme`;
    const startedAt = performance.now();
    while ((await versionShown(path)) < version) {
      const elapsed = performance.now() - startedAt;
      if (elapsed > deadlineMs) throw new Error(`not visible within ${deadlineMs / 1_000} s`);
      await pause(Math.max(1, elapsed / 10));
    }
  };
};

const createContacts = async (
  count: number,
  send: (seed: number, version: number) => Promise<void>,
  becomesVisible: (seed: number, version: number) => Promise<void>,
): Promise<void> => {
  for (let seed = 0; seed < count; seed += 1) await send(seed, 1);
  for (let seed = 0; seed < count; seed += 1) await becomesVisible(seed, 1);
};

/** What is sent in the turn of an event instead of it, if anything is. */
export type Instead = (index: number) => Promise<void> | undefined;

/**
 * Makes contacts and resolves, when all are visible, with what sends updates of them at a steady rate. It times the
 * watched ones from just before they are sent until a read, begun after the 202, shows their version. Rejects on any
 * other answer, and when a version is not visible within 10 s.
 */
export const openVisibility = async (options: VisibilityOptions) => {
  const { contacts, watchEvery } = options;
  const [sendEvent, becomesVisible] = [createSender(options), createWatcher(options)];
  // One more than are updated: the one that is contradicted.
  const at = createPeople(contacts + 1);
  const send = (seed: number, version: number) => sendEvent(acmeEvent(at(seed, version)));
  await createContacts(contacts + 1, send, becomesVisible);
  const versions = new Array<number>(contacts).fill(1);
  let contradictions = 0;

  return {
    /** Sends other contents for a version that is there: taken by ingest, and a dead letter behind it. */
    contradict(): Promise<void> {
      contradictions += 1;
      const contact = { ...at(contacts, 1), acme_title: `Other title ${contradictions}` };
      return sendEvent(acmeEvent(contact, { id: `evt_contradiction_${contradictions}` }));
    },

    async follow(steady: Pace, instead: Instead = () => undefined): Promise<Work> {
      const latenciesMs: number[] = [];
      const followUpdate = async (index: number): Promise<void> => {
        const seed = index % contacts;
        const version = (versions[seed] ?? 0) + 1;
        versions[seed] = version;
        const sentAt = performance.now();
        await send(seed, version);
        if (index % watchEvery !== 0) return;
        await becomesVisible(seed, version);
        latenciesMs.push(performance.now() - sentAt);
      };
      const [followed, faults]: [Promise<unknown>[], unknown[]] = [[], []];
      const lateMs = await pace(steady, (index) => {
        const done = instead(index) ?? followUpdate(index);
        followed.push(done.catch((fault: unknown) => faults.push(fault)));
      });
      await Promise.all(followed);
      if (faults.length > 0) throw faults[0];
      return { operations: followed.length, seconds: steady.seconds, latenciesMs, lateMs };
    },
  };
};
