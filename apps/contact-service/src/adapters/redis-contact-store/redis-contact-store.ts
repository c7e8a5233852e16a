import { wholeMirror } from '@contact-sync/domain';
import { createMicroBatch, type RedisConnection } from '@contact-sync/redis';
import type { KeptAnswer, StoredAnswer } from '../../domain/idempotency.ts';
import type { ContactStore, EditSnapshot, Snapshot } from '../../ports.ts';
import { createConflictInbox } from './conflicts/conflict-inbox.ts';
import { fromContactHash, jsonOfContactHash, wholeContact } from './contact-hash.ts';
import { createContactKeys, listShard } from './contact-keys.ts';
import { createContactWriter, type WriterOptions } from './contact-writer.ts';
import { createNumbering } from './feed/numbering.ts';
import { createChangesReader } from './feed/read-changes.ts';
import { createGapReader } from './gaps/gap-reader.ts';
import type { Hash } from './hash-changes.ts';
import { createHistoryReader } from './history-reader.ts';
import { createListWalk } from './lists/list-walk.ts';
import { type HashRead, readAll, sequence } from './read-hashes.ts';
import { fromMirrorHash } from './stored-mirror.ts';
import { createTombstoneReader } from './tombstone-index.ts';
import { untouchedVersionOf } from './untouched-contact.ts';
import { fromWriteBackHash } from './write-back-hash.ts';

// Whoever comes in one turn of the event loop shares a round trip; what it may hold is bounded.
const reads = { maxItems: 400, enough: 50 };

const mirrorForEdit = ['revision', 'untouchedVersion', sequence];

/** One, or none where none is kept. */
const keptAnswers = (scope: string, { fingerprint, owner = '', answer }: Hash): [string, KeptAnswer][] => {
  if (fingerprint === undefined || answer === undefined) return [];
  return [[scope, { scope, fingerprint, owner, answer: JSON.parse(answer) as StoredAnswer }]];
};

const sequenceOf = (hash: Hash): number => Number(hash[sequence] ?? 0);

const toSnapshot = (mirror: Hash, contact: Hash): Snapshot => {
  const stored = fromContactHash(contact);
  const { linkedTo } = mirror;
  const writeBack = fromWriteBackHash(mirror);
  return {
    mirror: fromMirrorHash(mirror, stored),
    contact: stored,
    sequence: Math.max(sequenceOf(mirror), sequenceOf(contact)),
    ...(writeBack && { writeBack }),
    ...(linkedTo !== undefined && { linkedTo }),
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
export const createRedisContactStore = (
  options: WriterOptions & {
    readonly redis: RedisConnection;
    /** Sets a test's keys apart. */
    readonly prefix?: string;
  },
): ContactStore => {
  const { redis } = options;
  const keys = createContactKeys(options.prefix);
  const numbering = createNumbering(redis);
  const readHashes = createMicroBatch((asked: readonly HashRead[]) => readAll(redis, asked), reads);
  const hash = async (read: HashRead): Promise<Hash> => (await readHashes([read]))[0] ?? {};

  const load = async (ids: readonly string[]): Promise<Snapshot[]> => {
    if (ids.length === 0) return [];
    const hashes = await readHashes(
      ids.flatMap((id) => [{ key: keys.mirror(id) }, { key: keys.contact(id) }]),
    );
    return ids.map((_, index) => toSnapshot(hashes[index * 2] ?? {}, hashes[index * 2 + 1] ?? {}));
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
    commit: createContactWriter(redis, { ...options, keys, numbering }),
    async blockedAmong(externalIds) {
      if (externalIds.length === 0) return new Set();
      const [found = {}] = await readHashes([{ key: keys.blocked(listShard), fields: externalIds }]);
      return new Set(Object.keys(found));
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
    count: () => redis.use((client) => client.zcard(keys.order(listShard, 'updatedAt'))),
    tombstones: createTombstoneReader(redis, keys),
    gaps: createGapReader(redis, keys),
    conflicts: createConflictInbox(redis, keys),
    changes: createChangesReader(redis, keys, numbering),
  };
};
