import { expect, test } from 'vitest';
import { contactSyncLadder } from '../contracts/topic-names.ts';
import { replayOf } from './replay-of.ts';

test('a replay enters the first tier due at once, with the bytes, headers and place of its letter and no failure', () => {
  const letter = {
    key: 'contact',
    value: Buffer.from([0, 1, 2]),
    headers: {
      'event-id': 'evt_1',
      odd: ['a', null],
      'x-original-topic': 'acme.contact.created.v1',
      'x-original-partition': '3',
      'x-original-offset': '17',
      'x-original-timestamp': '1700000000000',
      'x-attempts': '6',
      'x-first-failure-at': '2026-01-01T00:00:00Z',
      'x-code': 'STORAGE_FULL',
      'x-due-at': '1',
      'replay-id': 'before',
      'replay-count': '1',
    },
  };
  expect(replayOf(letter, { ladder: contactSyncLadder, replay: { id: 'r2', count: 2 }, now: 42 })).toEqual({
    topic: 'contact-sync.retry.1s',
    key: 'contact',
    value: Buffer.from([0, 1, 2]),
    headers: {
      'event-id': 'evt_1',
      odd: ['a', null],
      'x-original-topic': 'acme.contact.created.v1',
      'x-original-partition': '3',
      'x-original-offset': '17',
      'x-original-timestamp': '1700000000000',
      'x-due-at': '42',
      'replay-id': 'r2',
      'replay-count': '2',
    },
  });
});
