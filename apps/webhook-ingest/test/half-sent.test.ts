import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { createKeyRing } from '@contact-sync/access';
import { createTestIssuer } from '@contact-sync/access/testing';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { eventually } from '@contact-sync/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, signed, testSettings } from './fake-ports.ts';

const megabyte = 1_048_576;

const start = async (settings: Partial<typeof testSettings> = {}) => {
  const app = await createApp(
    { ports: createFakePorts(), keys: createKeyRing(createTestIssuer().source) },
    { ...testSettings, ...settings },
    { logger: createLogger({ service: 'test', level: 'silent' }), metrics: createMetrics('test') },
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
  return { write: (bytes: string | Buffer) => socket.write(bytes), text: () => text };
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

/** As many connections, each with this much of an unsigned delivery. */
const leaveHalf = async (port: number, count: number, bytes: string | Buffer) => {
  const callers = await Promise.all(Array.from({ length: count }, () => open(port)));
  for (const caller of callers) caller.write(bytes);
  return callers;
};

describe('while deliveries of nobody stay half-sent', () => {
  it.each([
    ['64 with a megabyte declared and one byte', 64, `${head(`content-length: ${megabyte}`)}{`],
    ['64 in chunks, and one byte', 64, `${head('transfer-encoding: chunked')}1\r\n{\r\n`],
    [
      '200 of a megabyte less a byte',
      200,
      `${head(`content-length: ${megabyte}`)}${' '.repeat(megabyte - 1)}`,
    ],
    [
      'as many as may be under way, twice',
      2 * testSettings.MAX_IN_FLIGHT_REQUESTS,
      `${head('content-length: 9')}{`,
    ],
  ])('%s: signed deliveries on other connections are taken', async (_, count, bytes) => {
    const port = await start();
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

  it('what is on its way on a connection that was proved before stays', async () => {
    const port = await start({ MAX_IN_FLIGHT_REQUESTS: 3 });
    const proved = await open(port);
    const send = (id: string) => {
      const body = eventOf(id);
      const lines = Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}`);
      return [head(...lines, `content-length: ${Buffer.byteLength(body)}`), body] as const;
    };
    proved.write(send('evt_1').join(''));
    await eventually(() => expect(proved.text()).toMatch(/^HTTP\/1.1 202 /));
    const [begun, rest] = send('evt_2');
    proved.write(begun);
    for (let round = 0; round < 5; round += 1) {
      await leaveHalf(port, 3, `${head('content-length: 9')}{`);
      expect(await deliver(port, `evt_of_round_${round}`)).toBe(202);
    }
    proved.write(rest);
    await eventually(() => expect(proved.text()).toMatch(/HTTP\/1.1 202 .*HTTP\/1.1 202 /s));
  });
});
