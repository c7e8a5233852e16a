import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outgoing } from './outgoing.ts';
import { createSendQueue } from './send-queue.ts';

const outgoing = (bytes: number, key = ''): Outgoing => ({
  record: { topic: 't', key, value: null, headers: {} },
  bytes,
  deadlineAt: 0,
  resolve: () => undefined,
  reject: () => undefined,
  settled: false,
});

test('keeps the order and the account of its bytes through any pushes and takes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.record({ push: fc.nat(50) }), fc.record({ take: fc.nat(8) })), {
        maxLength: 3_000,
      }),
      (steps) => {
        const queue = createSendQueue({ maxRecords: 2_000, maxBytes: 40_000 });
        const model: Outgoing[] = [];
        for (const step of steps) {
          if ('push' in step) {
            const record = outgoing(step.push);
            if (queue.push(record)) model.push(record);
          } else {
            const taken = queue.take({ maxRecords: step.take, maxBytes: 100 });
            expect(taken).toEqual(model.splice(0, taken.length));
          }
          expect(queue.length()).toBe(model.length);
          expect(queue.bytes()).toBe(model.reduce((sum, { bytes }) => sum + bytes, 0));
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('leaves settled records out of a batch', () => {
  const queue = createSendQueue({ maxRecords: 10, maxBytes: 1_000 });
  const [first, second] = [outgoing(1, 'a'), outgoing(1, 'b')];
  queue.push(first);
  queue.push(second);
  first.settled = true;
  expect(queue.take({ maxRecords: 1, maxBytes: 100 })).toEqual([second]);
  expect(queue.length()).toBe(0);
});
