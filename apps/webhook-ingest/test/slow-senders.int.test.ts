import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';
import { deliverAlone, openConnection, requestBytes, statusesIn } from './support/wire.ts';

// The service's own: 15 s for a request, 72 s for a connection that rests; looked at every 30 s. A tenth of each here.
const requestMs = 1_500;
const restMs = 7_200;
// What slow bodies had, when Node swapped their time with that of headers: a tenth of 60 s.
const tooLateMs = 6_000;
// Timers of two processes, one of which may be busy.
const toleranceMs = 200;

let servers: Servers;
let ingest: Ingest;
beforeAll(async () => {
  servers = await startServers();
  ingest = await startIngest(servers, { faults: ['time-lapse'] });
});
afterAll(async () => {
  await ingest?.[Symbol.asyncDispose]();
  await servers?.stop();
});

type Ended = { readonly openMs: number; readonly text: string };

/** Opens connections, begins on each, and gives how each ended once the service has closed them all. */
const open = (count: number, begin: (socket: Socket) => void): Promise<Ended[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const startedAt = performance.now();
      const socket = await openConnection(ingest);
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      begin(socket);
      await once(socket, 'close');
      return { openMs: performance.now() - startedAt, text };
    }),
  );

/** Writes a byte at a time, so that a connection is never silent. */
const trickle = (socket: Socket, bytes: Buffer): void => {
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    socket.write(bytes.subarray(sent - 1, sent));
  }, 100);
  socket.once('close', () => clearInterval(timer));
};

/** Delivers new events one after the other until `end` resolves; gives the statuses. */
const deliverUntil = async (end: Promise<unknown>): Promise<(number | undefined)[]> => {
  let isOver = false;
  void end.finally(() => {
    isOver = true;
  });
  const statuses = [];
  while (!isOver) statuses.push(await deliverAlone(ingest, newContact()));
  return statuses;
};

const halfSent = newContact();
const bytes = requestBytes(JSON.stringify(halfSent));
const bodyAt = bytes.indexOf('\r\n\r\n') + 4;

describe('fifty connections that', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['say nothing', () => undefined],
    ['send their headers slowly', (socket) => trickle(socket, bytes)],
    [
      'send their body slowly',
      (socket) => {
        socket.write(bytes.subarray(0, bodyAt));
        trickle(socket, bytes.subarray(bodyAt));
      },
    ],
    ['stop in the middle of their body', (socket) => socket.write(bytes.subarray(0, -5))],
  ])('%s are closed at the time-out of a request, and others are answered meanwhile', async (_, begin) => {
    const slow = open(50, begin);
    const others = await deliverUntil(slow);
    for (const { openMs, text } of await slow) {
      expect(openMs).toBeGreaterThan(requestMs - toleranceMs);
      expect(openMs).toBeLessThan(tooLateMs);
      expect(statusesIn(text).filter((status) => status !== 408)).toEqual([]);
    }
    expect(new Set(others)).toEqual(new Set([202]));
    expect(others.length).toBeGreaterThan(5);
  });

  test('rest after an answer are closed at the time-out of resting, and not before', async () => {
    const rested = await open(50, (socket) => socket.write(requestBytes(JSON.stringify(newContact()))));
    for (const { openMs, text } of rested) {
      expect(statusesIn(text)).toEqual([202]);
      expect(openMs).toBeGreaterThan(restMs - toleranceMs);
      expect(openMs).toBeLessThan(2 * restMs);
    }
  });
});

test('nothing that was sent by halves is on a topic', async () => {
  expect(copiesOf(await readEvents(servers)).has(halfSent.id)).toBe(false);
});
