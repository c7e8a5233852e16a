import { wholeMirror } from '@contact-sync/domain';
import { createMicroBatch, type RedisConnection, type ScriptOutcome } from '@contact-sync/redis';
import type { KeptAnswer, StoredAnswer } from '../../domain/idempotency.ts';
import type { ContactStore, ContactWrite, EditSnapshot, Snapshot } from '../../ports.ts';
import { fromContactHash, jsonOfContactHash, wholeContact } from './contact-hash.ts';
import { createContactKeys } from './contact-keys.ts';
import { createNumbering } from './feed/numbering.ts';
import { createChangesReader } from './feed/read-changes.ts';
import { guardedWrite } from './guarded-write.ts';
import type { Hash } from './hash-changes.ts';
import { createHistoryReader } from './history-reader.ts';
import { createListWalk } from './lists/list-walk.ts';
import { type HashRead, hashFields, readAll, sequence } from './read-hashes.ts';
import { type AnswerObserver, readSurplus } from './stored-answers.ts';
import { fromMirrorHash } from './stored-mirror.ts';
import { createTombstoneReader } from './tombstone-index.ts';
import { untouchedVersionOf } from './untouched-contact.ts';
import type { WriteCall } from './write-call.ts';
import { writeCall } from './write-commands.ts';

// Whoever comes in one turn of the event loop shares a round trip; what it may hold is bounded. Of a batch of events
// each slice is worth one of its own.
const reads = { maxItems: 400, enough: 50 };
const writes = { maxItems: 400, enough: 25 };

const mirrorForEdit = hashFields('revision', 'untouchedVersion', sequence);

type Outcome = 'written' | 'moved';

const outcomesOf = (outcomes: readonly ScriptOutcome<Outcome>[]): Outcome[] =>
  outcomes.map((outcome) => {
    if (outcome.ok) return outcome.value;
    throw outcome.error;
  });

/** One, or none where none is kept. */
const keptAnswers = (scope: string, { fingerprint, owner = '', answer }: Hash): [string, KeptAnswer][] => {
  if (fingerprint === undefined || answer === undefined) return [];
  return [[scope, { scope, fingerprint, owner, answer: JSON.parse(answer) as StoredAnswer }]];
};

const sequenceOf = (hash: Hash): number => Number(hash[sequence] ?? 0);

const toSnapshot = (mirror: Hash, contact: Hash): Snapshot => {
  const stored = fromContactHash(contact);
  return {
    mirror: fromMirrorHash(mirror, stored),
    contact: stored,
    sequence: Math.max(sequenceOf(mirror), sequenceOf(contact)),
  };
};

/** What an edit looks at. */
const toEditedMirror = (hash: Hash): EditSnapshot['mirror'] => {
  const { revision } = hash;
  if (revision === undefined) return null;
  return { revision: Number(revision), untouchedVersion: untouchedVersionOf(hash) };
};

/**
 * Contacts in Redis. A contact, its mirror, history and places in lists change in one script or not at all; a lost
 * reply is found again by repeating the decision, since the mirror remembers identities and versions guard edits.
 */
export const createRedisContactStore = (options: {
  readonly redis: RedisConnection;
  readonly historyLimit: number;
  /** Answers that are kept for one caller; `limits.keptAnswers` by default. */
  readonly keptAnswerLimit?: number;
  readonly answers?: AnswerObserver;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
}): ContactStore => {
  const { redis, historyLimit, keptAnswerLimit } = options;
  const keys = createContactKeys(options.prefix);
  const numbering = createNumbering(redis);
  const readHashes = createMicroBatch((asked: readonly HashRead[]) => readAll(redis, asked), reads);
  const runWrites = createMicroBatch<WriteCall, ScriptOutcome<Outcome>>(
    (calls) =>
      numbering.with((parts) =>
        redis.runMany(
          guardedWrite,
          calls.map(({ keys, args }) => ({ keys, args: [parts, ...args] })),
        ),
      ),
    writes,
  );
  const hash = async (read: HashRead): Promise<Hash> => (await readHashes([read]))[0] ?? {};

  const load = async (ids: readonly string[]): Promise<Snapshot[]> => {
    if (ids.length === 0) return [];
    const hashes = await readHashes(
      ids.flatMap((id) => [{ key: keys.mirror(id) }, { key: keys.contact(id) }]),
    );
    return ids.map((_, index) => toSnapshot(hashes[index * 2] ?? {}, hashes[index * 2 + 1] ?? {}));
  };

  const commitWithAnswers = async (writes: readonly ContactWrite[]): Promise<Outcome[]> => {
    const surplus = await Promise.all(
      writes.map((write) => readSurplus(redis, keys, write, keptAnswerLimit)),
    );
    const calls = writes.map((write, index) =>
      writeCall(keys, write, { historyLimit, surplus: surplus[index] ?? [] }),
    );
    const outcomes = outcomesOf(await runWrites(calls));
    for (const [index, { answers = [] }] of writes.entries()) {
      if (outcomes[index] !== 'written') continue;
      options.answers?.kept(answers.length, JSON.stringify(answers).length);
      options.answers?.dropped(surplus[index]?.length ?? 0);
    }
    return outcomes;
  };

  return {
    load,
    async loadForEdit(id) {
      const [mirror = {}, contact = {}] = await readHashes([
        { key: keys.mirror(id), fields: mirrorForEdit },
        { key: keys.contact(id), fields: wholeContact },
      ]);
      return {
        mirror: toEditedMirror(mirror),
        contact: fromContactHash(contact),
        sequence: Math.max(sequenceOf(mirror), sequenceOf(contact)),
      };
    },
    commit: async (writes) => {
      if (writes.length === 0) return [];
      if (writes.every(({ answers = [] }) => answers.length === 0)) {
        return runWrites(writes.map((write) => writeCall(keys, write, { historyLimit, surplus: [] }))).then(
          outcomesOf,
        );
      }
      return commitWithAnswers(writes);
    },
    contact: async (id) => fromContactHash(await hash({ key: keys.contact(id) })),
    contactJson: async (id) => {
      const [found = {}] = await readHashes([{ key: keys.contact(id), fields: wholeContact }]);
      return jsonOfContactHash(found);
    },
    async answers(id, scopes) {
      if (scopes.length === 0) return new Map();
      const hashes = await readHashes(scopes.map((scope) => ({ key: keys.answer(id, scope) })));
      return new Map(scopes.flatMap((scope, index) => keptAnswers(scope, hashes[index] ?? {})));
    },
    mirror: async (id) => {
      const held = (await load([id]))[0]?.mirror ?? null;
      return held && wholeMirror(held);
    },
    history: createHistoryReader(redis, keys),
    list: createListWalk(redis, keys),
    tombstones: createTombstoneReader(redis, keys),
    changes: createChangesReader(redis, keys, numbering),
  };
};
