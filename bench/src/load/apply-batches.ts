import { Pool } from 'undici';
import type { Work } from '../harness/turn.ts';
import { eventJson } from './contact-events.ts';

export type ApplyOptions = {
  readonly url: string;
  /** A bearer token that may apply. */
  readonly token: string;
  /** Contacts 0 to this; each connection has its own, as a partition has, and takes them in turns. */
  readonly contacts: number;
  readonly connections: number;
  readonly eventsPerBatch: number;
  /** No batch begins later. */
  readonly seconds: number;
  /** Ends once every contact is at this version; unlimited by default. */
  readonly upToVersion?: number;
};

/** Where each connection has got to with its contacts, and the version that each contact is at. */
type Feed = { readonly versions: Uint16Array; readonly next: number[] };

/** By the address of the service that is fed. */
const feeds = new Map<string, Feed>();

const feedOf = ({ url, contacts, connections }: ApplyOptions): Feed => {
  const known = feeds.get(url);
  if (known) return known;
  const feed = {
    versions: new Uint16Array(contacts),
    next: Array.from({ length: connections }, (_, first) => first),
  };
  feeds.set(url, feed);
  return feed;
};

/** Forgets what was sent there: its store has been emptied. */
export const forgetApplied = (url: string): void => {
  feeds.delete(url);
};

/** The next events of a connection's contacts; fewer than asked for, or none, where they have come to the version. */
const takeEvents = ({ versions, next }: Feed, connection: number, options: ApplyOptions): string[] => {
  const { connections, eventsPerBatch, upToVersion = Number.POSITIVE_INFINITY } = options;
  const events: string[] = [];
  while (events.length < eventsPerBatch) {
    const number = next[connection] ?? connection;
    const version = (versions[number] ?? 0) + 1;
    if (version > upToVersion) break;
    events.push(eventJson(number, version));
    versions[number] = version;
    next[connection] = number + connections < versions.length ? number + connections : connection;
  }
  return events;
};

const createSender = (pool: Pool, token: string) => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (events: readonly string[]): Promise<void> => {
    const body = `{"events":[${events.join(',')}]}`;
    const response = await pool.request({ method: 'POST', path: '/internal/contacts/apply', headers, body });
    const answer = await response.body.text();
    const applied = answer.split('"fate":"applied"').length - 1;
    if (applied === events.length) return;
    throw new Error(`apply: ${response.statusCode}, ${applied} of ${events.length} ${answer.slice(0, 300)}`);
  };
};

/**
 * Sends batches of new events as event-worker does, one at a time on each connection. Every event is the next version of
 * its contact, and a batch has no contact twice. Rejects when an event is not applied.
 */
export const applyBatches = async (options: ApplyOptions): Promise<Work> => {
  const { url, connections, seconds } = options;
  const feed = feedOf(options);
  const pool = new Pool(url, { connections });
  const send = createSender(pool, options.token);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  let operations = 0;
  const work = async (connection: number): Promise<void> => {
    while (elapsed() < seconds) {
      const events = takeEvents(feed, connection, options);
      if (events.length === 0) return;
      await send(events);
      operations += events.length;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, (_, connection) => work(connection)));
    return { operations, seconds: elapsed() };
  } finally {
    await pool.destroy();
  }
};
