import type { Socket } from 'node:net';
import { createTestIssuer } from '@contact-sync/access/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, testSettings } from './fake-ports.ts';
import { acmeSecret } from './support/acme.ts';
import { newContact } from './support/events.ts';
import { deliverAlone, openConnection, requestBytes, statusesIn } from './support/wire.ts';
import { testContext } from './test-context.ts';

const times = { headersMs: 1_500, requestMs: 1_500, keepAliveMs: 2_500 };
// Looked at once a second, and timers that may be late.
const tooLateMs = times.requestMs + 4_500;
const toleranceMs = 200;

const ports = createFakePorts(acmeSecret);
let app: Awaited<ReturnType<typeof createApp>>;
let ingest: { readonly url: string };
beforeAll(async () => {
  app = await createApp({ ports, ...createTestIssuer().access() }, testSettings, {
    ...testContext(),
    times,
  });
  ingest = { url: await app.listen({ host: '127.0.0.1', port: 0 }) };
});
afterAll(() => app.close());

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
      // A byte that is written while the service closes is answered by a reset, which is an end like any other.
      await new Promise((closed) => socket.once('close', closed));
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

describe.concurrent('fifty connections that', () => {
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
      expect(openMs).toBeGreaterThan(times.requestMs - toleranceMs);
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
      expect(openMs).toBeGreaterThan(times.keepAliveMs - toleranceMs);
      expect(openMs).toBeLessThan(times.keepAliveMs + 5_000);
    }
  });
});

test('nothing that was sent by halves is published', () => {
  expect(ports.published.length).toBeGreaterThan(50);
  expect(ports.published.map(({ eventId }) => eventId)).not.toContain(halfSent.id);
});
