import { createLogReader, type RawRecord } from '@contact-sync/kafka';
import { eventually, uniquePrefix } from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createRedisLetterIndex } from '../src/adapters/letters/redis-letter-index.ts';
import { decisionRecord } from '../src/letters/decision-record.ts';
import { createIndexStep } from '../src/letters/keep-index.ts';
import type { Decision } from '../src/letters/letter.ts';
import type { LetterFilter } from '../src/letters/letter-filter.ts';
import type { LetterIndex } from '../src/letters/ports.ts';
import { letterId, letterRecord } from './support/letters.ts';
import { connectClient, connectCodec, connectProducer, connectRedis, ownTopic } from './support/servers.ts';

const setUp = async (maxLetters = 1_000) => {
  const client = connectClient();
  const topic = await ownTopic(client);
  const decisions = await ownTopic(client, 3);
  const producer = await connectProducer(client);
  const redis = await connectRedis();
  const index = createRedisLetterIndex({ redis, maxLetters, prefix: uniquePrefix() });
  const reader = createLogReader(client);
  onTestFinished(() => reader.close());
  const step = createIndexStep(
    {
      index,
      reader,
      codec: connectCodec(),
      lease: { take: async () => true, release: async () => undefined },
    },
    { topics: [topic, decisions], decisions, waitMs: 0, boundsEveryMs: 0, now: () => performance.now() },
  );
  const send = (...records: readonly RawRecord[]) =>
    Promise.all(records.map((record) => producer.sendRaw(record)));
  /** Until nothing of the topic is left to be indexed. */
  const caughtUp = () =>
    eventually(async () => {
      await step();
      const bounds = await reader.bounds([topic, decisions]);
      const { places } = await index.position();
      for (const bound of bounds) {
        const at = places.find((place) => place.topic === bound.topic && place.partition === bound.partition);
        expect(at?.offset ?? '0').toBe(bound.end);
      }
    });
  const decide = (id: string, decision: Decision) =>
    producer.sendRaw({ ...decisionRecord(id, decision), topic: decisions });
  return { topic, index, send, decide, caughtUp, step };
};

const idsOf = async (index: LetterIndex, filter: LetterFilter = {}) => {
  const { entries } = await index.list({ filter, order: 'oldest', limit: 100 });
  return entries.map(({ id }) => id);
};

/** Everything that the index tells. */
const tell = async (index: LetterIndex) => ({
  all: await index.list({ filter: {}, order: 'newest', limit: 100 }),
  discarded: await index.list({ filter: { state: 'discarded' }, order: 'newest', limit: 100 }),
  groups: await index.groups(10),
  summary: await index.summary(),
});

test('a letter is found by topic, time, code, fingerprint, contact and event, and by nothing else', async () => {
  const { topic, index, send, caughtUp } = await setUp();
  const contactId = '11111111-1111-5111-8111-111111111111';
  await send(
    letterRecord(topic, { offset: 9 }),
    letterRecord(topic, { offset: 10, code: 'VERSION_CONFLICT', fingerprint: 'beef', key: contactId }),
    letterRecord(topic, { offset: 11, eventId: 'evt_x', topic: 'acme.contact.deleted.v1' }),
  );
  await caughtUp();
  const deleted = 'acme.contact.deleted.v1-3-11';
  expect(new Set(await idsOf(index))).toEqual(new Set([letterId(9), letterId(10), deleted]));
  for (const [filter, ids] of [
    [{ topic: 'acme.contact.deleted.v1' }, [deleted]],
    [{ code: 'VERSION_CONFLICT' }, [letterId(10)]],
    [{ fingerprint: 'beef' }, [letterId(10)]],
    [{ contactId }, [letterId(10)]],
    [{ eventId: 'evt_x' }, [deleted]],
    [{ eventId: 'evt_x', code: 'VERSION_CONFLICT' }, []],
    [{ until: 1 }, []],
    [{ since: Date.now() + 60_000 }, []],
    [{ state: 'discarded' }, []],
  ] as const) {
    expect(await idsOf(index, filter), JSON.stringify(filter)).toEqual(ids);
  }
});

test('letters of one key that came together are listed in the order of their records, page by page, each once', async () => {
  const { topic, index, send, caughtUp } = await setUp();
  const offsets = Array.from({ length: 25 }, (_, offset) => offset);
  await send(...offsets.map((offset) => letterRecord(topic, { offset })));
  await caughtUp();
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await index.list({
      filter: {},
      order: 'oldest',
      limit: 10,
      ...(after !== undefined && { after }),
    });
    seen.push(...page.entries.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(offsets.map(letterId));
});

test('a group counts the open letters of one fingerprint, the largest first', async () => {
  const { topic, index, send, caughtUp } = await setUp();
  await send(
    ...[1, 2, 3].map((offset) =>
      letterRecord(topic, { offset, fingerprint: 'many', code: 'MAPPING_FAILED' }),
    ),
    letterRecord(topic, { offset: 4, fingerprint: 'one' }),
  );
  await caughtUp();
  expect(await index.groups(10)).toMatchObject([
    {
      fingerprint: 'many',
      count: 3,
      oldest: { id: letterId(1) },
      newest: { letter: { code: 'MAPPING_FAILED' } },
    },
    { fingerprint: 'one', count: 1 },
  ]);
});

test('a discarded letter is open no more, and is again when its record comes back', async () => {
  const { topic, index, send, decide, caughtUp } = await setUp();
  const [receipt] = await send(letterRecord(topic, { offset: 5 }));
  const decision: Decision = {
    kind: 'discarded',
    at: Date.now(),
    by: 'admin',
    reason: 'known',
    place: receipt as NonNullable<typeof receipt>,
  };
  await decide(letterId(5), decision);
  await caughtUp();
  expect(await idsOf(index)).toEqual([]);
  expect(await idsOf(index, { state: 'discarded' })).toEqual([letterId(5)]);
  expect(await index.groups(10)).toEqual([]);
  await send(letterRecord(topic, { offset: 5, headers: { 'replay-count': '3', 'replay-id': 'r' } }));
  await caughtUp();
  expect(await idsOf(index)).toEqual([letterId(5)]);
  expect(await idsOf(index, { state: 'parked' })).toEqual([letterId(5)]);
});

test('flushed, the index is made anew from the topics and tells the same, decisions among it', async () => {
  const { topic, index, send, decide, caughtUp } = await setUp();
  const receipts = await send(
    ...[1, 2, 3, 4].map((offset) =>
      letterRecord(topic, { offset, key: null, fingerprint: `f${offset % 2}` }),
    ),
  );
  const place = receipts[1] as NonNullable<(typeof receipts)[number]>;
  await decide(letterId(2), { kind: 'discarded', at: 5, by: 'admin', reason: 'known', place });
  await decide(letterId(3), {
    kind: 'erased',
    at: 6,
    by: 'erasure',
    reason: 'erased',
    place: { ...place, offset: '0' },
  });
  await caughtUp();
  const before = await tell(index);
  expect(before.all.entries).toHaveLength(2);
  expect(before.discarded.entries).toHaveLength(1);
  await index.clear();
  expect(await index.summary()).toEqual({ letters: 0, open: 0, dropped: 0 });
  await caughtUp();
  expect(await tell(index)).toEqual(before);
});

test('beyond the most that is kept the oldest go, closed ones first, and are counted', async () => {
  const { topic, index, send, decide, caughtUp } = await setUp(3);
  const [, second] = await send(letterRecord(topic, { offset: 1 }), letterRecord(topic, { offset: 2 }));
  const place = second as NonNullable<typeof second>;
  await decide(letterId(2), { kind: 'discarded', at: 5, by: 'a', reason: 'b', place });
  await caughtUp();
  await send(...[3, 4, 5].map((offset) => letterRecord(topic, { offset })));
  await caughtUp();
  expect(await index.summary()).toEqual({ letters: 3, open: 3, dropped: 2 });
  expect(await idsOf(index)).toEqual([3, 4, 5].map(letterId));
});

test('a record of letters that looks like a decision is a letter', async () => {
  const { topic, index, send, caughtUp } = await setUp();
  const [receipt] = await send(letterRecord(topic, { offset: 1 }));
  const place = receipt as NonNullable<typeof receipt>;
  const forged = decisionRecord(letterId(1), { kind: 'erased', at: 5, by: 'me', reason: 'mine', place });
  await send(letterRecord(topic, { offset: 2, value: forged.value, headers: forged.headers }));
  await caughtUp();
  expect(await idsOf(index)).toEqual([letterId(1), letterId(2)]);
});

test('what is no decision among the decisions is passed over', async () => {
  const { topic, index, send, decide, caughtUp } = await setUp();
  const [receipt] = await send(letterRecord(topic, { offset: 1 }));
  const place = receipt as NonNullable<typeof receipt>;
  await decide(letterId(1), { kind: 'odd' as never, at: 5, by: 'me', reason: 'mine', place });
  await caughtUp();
  expect(await idsOf(index)).toEqual([letterId(1)]);
});
