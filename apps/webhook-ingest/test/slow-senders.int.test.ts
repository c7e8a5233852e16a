import { once } from 'node:events';
import type { Socket } from 'node:net';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { isTaken, startLoad } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';
import { openConnection, requestBytes, statusesIn } from './support/wire.ts';

// The service's own: 15 s for a request, 72 s for a connection that rests; looked at every 30 s. A tenth of each here.
const requestMs = 1_500;
const restMs = 7_200;
const lookedAtEveryMs = 3_000;
const slackMs = 2_500;

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

type Ended = { readonly afterMs: number; readonly text: string };

/** Resolves when the service has closed the connection. */
const endOf = async (socket: Socket): Promise<Ended> => {
  const startedAt = performance.now();
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return { afterMs: performance.now() - startedAt, text };
};

/** Writes a byte at a time, so that a connection is never silent. */
const trickle = (socket: Socket, bytes: Buffer): void => {
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    socket.write(bytes.subarray(sent - 1, sent));
  }, 100);
  socket.once('close', () => clearInterval(timer));
};

const open = (count: number, begin: (socket: Socket) => void): Promise<Ended[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const socket = await openConnection(ingest);
      const ended = endOf(socket);
      begin(socket);
      return ended;
    }),
  );

const bytes = requestBytes(JSON.stringify(newContact()));
const bodyAt = bytes.indexOf('\r\n\r\n') + 4;

// At once: each is a wait.
describe.concurrent('slow senders', () => {
  // Node gave slow bodies four times as long (the time for headers, 60 s, in place of the request's 15 s).
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
  ])('a hundred connections that %s are closed at the time-out, and others go on', async (_, begin) => {
    const slow = open(100, begin);
    const load = startLoad(ingest, { senders: 4 });
    const ended = await slow;
    await load.finish();
    for (const { afterMs, text } of ended) {
      expect(afterMs).toBeGreaterThan(requestMs - 200);
      expect(afterMs).toBeLessThan(requestMs + lookedAtEveryMs + slackMs);
      expect(statusesIn(text).filter((status) => status !== 408)).toEqual([]);
    }
    expect(load.attempts.length).toBeGreaterThan(10);
    expect(load.attempts.filter((attempt) => !isTaken(attempt))).toEqual([]);
    expect(Math.max(...load.attempts.map(({ ms }) => ms))).toBeLessThan(2_000);
  });

  test('connections that rest after an answer are closed at their time-out, and not before', async () => {
    const startedAt = performance.now();
    const ended = await open(20, (socket) => socket.write(requestBytes(JSON.stringify(newContact()))));
    expect(performance.now() - startedAt).toBeGreaterThan(restMs - 200);
    for (const { afterMs, text } of ended) {
      expect(statusesIn(text)).toEqual([202]);
      expect(afterMs).toBeLessThan(restMs + slackMs);
    }
  });
});

test('nothing that was sent by halves is on a topic, and no slot is held for it', async () => {
  const { id } = JSON.parse(bytes.subarray(bodyAt).toString()) as { id: string };
  expect(copiesOf(await readEvents(servers)).has(id)).toBe(false);
  await eventually(async () => expect((await deliver(ingest, newContact())).status).toBe(202));
});
