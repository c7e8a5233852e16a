import { contactSyncLadder } from '@contact-sync/kafka';
import { expect, test } from 'vitest';
import { dueTimes, waitingRecord } from './waiting-records.ts';

test('a full tier comes due evenly over its wait, and what is left of it at once', () => {
  expect(dueTimes({ count: 6, waitMs: 600, from: 1_000, until: 1_250 })).toEqual([
    1_000, 1_100, 1_200, 1_250, 1_250, 1_250,
  ]);
});

test('a waiting record has its bytes and key, its origin, its tries and when it is due', () => {
  const record = { key: 'c1', value: Buffer.from('avro') };
  const failed = { record, dueAt: 1_700_000_600_000, offset: 12 };
  expect(waitingRecord(failed, contactSyncLadder.tiers[4] ?? contactSyncLadder.tiers[0], 5)).toMatchObject({
    ...record,
    headers: {
      'x-original-topic': 'acme.contact.updated.v1',
      'x-original-offset': '12',
      'x-original-timestamp': '1700000000000',
      'x-attempts': '5',
      'x-due-at': '1700000600000',
    },
  });
});
