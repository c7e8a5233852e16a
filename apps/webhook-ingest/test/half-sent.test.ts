import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { createTestIssuer } from '@contact-sync/access/testing';
import { eventually } from '@contact-sync/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, signed, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const megabyte = 1_048_576;

const start = async (settings: Partial<typeof testSettings> = {}, ports = createFakePorts()) => {
  const app = await createApp(
    { ports, ...createTestIssuer().access() },
    { ...testSettings, ...settings },
    testContext(),
  );
  onTestFinished(() => app.close());
  return Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
};

const eventOf = (id: string) =>
  JSON.stringify({
    id,
    event: 'contact.deleted',
    timestamp: '2026-01-01T00:00:00Z',
    data: { id: `crm-${id}`, acme_version: 1 },
  });

/** A rightly signed delivery on a connection of its own; its status. */
const deliver = async (port: number, id: string): Promise<number | undefined> => {
  const body = eventOf(id);
  const headers = { ...signed(body), 'content-length': Buffer.byteLength(body) };
  const sent = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: '/webhooks/acmecrm',
    headers,
    agent: false,
  });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
};

const deliverSome = async (port: number) =>
  new Set(await Promise.all(Array.from({ length: 20 }, (_, index) => deliver(port, `evt_${index}`))));

/** A connection by hand, closed at the end of the test. */
const open = async (port: number) => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'connect');
  return {
    write: (bytes: string | Buffer) => socket.write(bytes),
    text: () => text,
    hangUp: () => void socket.destroy(),
  };
};

const head = (...headers: readonly string[]) =>
  [
    'POST /webhooks/acmecrm HTTP/1.1',
    'host: ingest',
    'content-type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n');

/** Head and body of a rightly signed delivery. */
const wholeOf = (id: string) => {
  const body = eventOf(id);
  const lines = Object.entries(signed(body)).filter(([name]) => name !== 'content-type');
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return [head(...lines.map(([name, value]) => `${name}: ${value}`), length), body] as const;
};

/** As many connections, each with this much of an unsigned delivery. */
const leaveHalf = async (port: number, count: number, bytes: string | Buffer) => {
  const callers = await Promise.all(Array.from({ length: count }, () => open(port)));
  for (const caller of callers) caller.write(bytes);
  return callers;
};

describe('while deliveries of nobody stay half-sent', () => {
  const declared = `content-length: ${megabyte}`;
  it.each([
    ['64 with a megabyte declared and one byte', 64, `${head(declared)}{`, {}],
    ['64 in chunks, and one byte', 64, `${head('transfer-encoding: chunked')}1\r\n{\r\n`, {}],
    [
      'three times the bytes that may be under way',
      24,
      `${head(declared)}${' '.repeat(megabyte - 1)}`,
      { MAX_IN_FLIGHT_BYTES: 8 * megabyte },
    ],
    [
      'twice as many as may be under way',
      200,
      `${head('content-length: 9')}{`,
      { MAX_IN_FLIGHT_REQUESTS: 100 },
    ],
  ])('%s: signed deliveries on other connections are taken', async (_, count, bytes, settings) => {
    const port = await start(settings);
    await leaveHalf(port, count, bytes);
    expect(await deliverSome(port)).toEqual(new Set([202]));
  });

  it('the oldest gives way first, answered 503 as an overload', async () => {
    const port = await start({ MAX_IN_FLIGHT_REQUESTS: 3 });
    const [first] = await leaveHalf(port, 1, `${head('content-length: 9')}{`);
    const others = await leaveHalf(port, 2, `${head('content-length: 9')}{`);
    expect(await deliver(port, 'evt_1')).toBe(202);
    await eventually(() =>
      expect(first?.text()).toMatch(/^HTTP\/1.1 503 .*retry-after: 1\r\n.*"OVERLOADED"/is),
    );
    expect(others.map((other) => other.text())).toEqual(['', '']);
  });

  it('one that is turned away in mid-body may send the rest, and then the next on the same connection', async () => {
    const port = await start({ MAX_IN_FLIGHT_REQUESTS: 1 });
    const [first] = await leaveHalf(port, 1, `${head('content-length: 9')}{`);
    expect(await deliver(port, 'evt_1')).toBe(202);
    await eventually(() => expect(first?.text()).toMatch(/^HTTP\/1.1 503 /));
    first?.write(' '.repeat(8));
    first?.write(wholeOf('evt_2').join(''));
    await eventually(() => expect(first?.text()).toMatch(/ 503 .*HTTP\/1.1 202 /s));
  });

  it('what is on its way on a connection that was proved before stays', async () => {
    const port = await start({ MAX_IN_FLIGHT_REQUESTS: 3 });
    const proved = await open(port);
    proved.write(wholeOf('evt_1').join(''));
    await eventually(() => expect(proved.text()).toMatch(/^HTTP\/1.1 202 /));
    const [begun, rest] = wholeOf('evt_2');
    proved.write(begun);
    for (let round = 0; round < 5; round += 1) {
      await leaveHalf(port, 3, `${head('content-length: 9')}{`);
      expect(await deliver(port, `evt_of_round_${round}`)).toBe(202);
    }
    proved.write(rest);
    await eventually(() => expect(proved.text()).toMatch(/HTTP\/1.1 202 .*HTTP\/1.1 202 /s));
  });
});

describe('senders that hang up', () => {
  it.each([
    ['in mid-delivery', 0],
    ['before the answer', 1],
  ])('%s give back the places that they held', async (_, wholeParts) => {
    const ports = createFakePorts();
    const { promise: acknowledged, resolve: letGo } = Promise.withResolvers<void>();
    const { publish } = ports.log;
    let published = 0;
    ports.log.publish = async (...event) => {
      published += 1;
      await acknowledged;
      return publish(...event);
    };
    const port = await start({ MAX_IN_FLIGHT_REQUESTS: 5 }, ports);
    for (let round = 0; round < 4; round += 1) {
      const callers = await Promise.all(Array.from({ length: 5 }, () => open(port)));
      for (const [index, caller] of callers.entries())
        caller.write(
          wholeOf(`evt_${round}_${index}`)
            .slice(0, 1 + wholeParts)
            .join(''),
        );
      if (wholeParts === 1) {
        await eventually(() => published === 5 * (round + 1));
        expect(await deliver(port, `evt_beyond_${round}`)).toBe(503);
      }
      for (const caller of callers) caller.hangUp();
    }
    letGo();
    await eventually(async () => expect(await deliver(port, 'evt_last')).toBe(202));
  });
});
