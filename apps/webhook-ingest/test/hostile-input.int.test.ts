import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver, deliverRaw, signatureOf } from './support/acme.ts';
import { type Admin, startAdmin } from './support/admin.ts';
import { connectRedis, readKeyspace } from './support/dedupe-window.ts';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { hostileBodies, largestDelivery, longTexts, oddIds } from './support/hostile-bodies.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { type Servers, startServers } from './support/servers.ts';
import { pathTricks, smugglingShapes } from './support/smuggling.ts';
import { readEvents, readRecords } from './support/topics.ts';
import { exchange, requestBytes, statusesIn } from './support/wire.ts';

// Of the process's own time: the machine's other work does not count, and what holds up the loop does.
const mostCpuSeconds = 0.1;

let servers: Servers;
let admin: Admin;
let ingest: Ingest;
beforeAll(async () => {
  [servers, admin] = await Promise.all([startServers(), startAdmin()]);
  ingest = await startIngest(servers, { settings: { AUTH_URL: admin.authUrl } });
  // The first deliveries pay for compiling.
  for (let round = 0; round < 100; round += 1) await deliver(ingest, newContact());
  await deliverRaw(ingest, longTexts[0]?.[1]() ?? '');
});
afterAll(async () => {
  await ingest?.[Symbol.asyncDispose]();
  admin?.close();
  await servers?.stop();
});

const cpuSeconds = () => ingest.metric('process_cpu_seconds_total');

/** What sending this costs at its cheapest: compiling and collected garbage of earlier tests add to some of the rounds. */
const leastCpuSeconds = async (send: () => Promise<void>): Promise<number> => {
  const rounds: number[] = [];
  while (rounds.length < 5) {
    const before = await cpuSeconds();
    await send();
    rounds.push((await cpuSeconds()) - before);
  }
  return Math.min(...rounds);
};

describe('a signed body that is no valid delivery', () => {
  test.each(hostileBodies)(
    '%s is refused, cheaply, and nothing of it becomes an event',
    async (_, body, status, code) => {
      const spent = await leastCpuSeconds(async () => {
        const answer = await deliverRaw(ingest, body());
        expect([answer.status, answer.code]).toEqual([status, code]);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
      });
      expect(spent).toBeLessThan(mostCpuSeconds);
    },
  );

  test.each(longTexts)('half a megabyte in %s is refused, cheaply', async (_, body) => {
    const spent = await leastCpuSeconds(async () => {
      const answer = await deliverRaw(ingest, body());
      expect([answer.status, answer.code]).toEqual([400, 'INVALID_BODY']);
    });
    expect(spent).toBeLessThan(mostCpuSeconds);
  });

  test('a valid event of 1 MiB is taken', async () => {
    expect((await deliverRaw(ingest, largestDelivery())).status).toBe(202);
  });
});

describe('content types', () => {
  const types = [
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json; charset=utf-16',
    'application/json;',
    'application/json; boundary=x',
    'application/json , text/plain',
    'application/jsonx',
    'application/problem+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/json',
    '*/*',
    'json',
    ' ',
  ];
  test.each(types)('%s never lets an invalid event through', async (type) => {
    const body = JSON.stringify({ ...newContact(), data: { id: 'x', acme_version: 1 } });
    const answer = await deliverRaw(ingest, body, { 'content-type': type });
    expect([400, 415]).toContain(answer.status);
  });

  test('none at all, or a second one, never lets an invalid event through', async () => {
    const body = JSON.stringify({ ...newContact(), data: { id: 'x', acme_version: 1 } });
    const request = requestBytes(body, { connection: 'close' }).toString();
    const line = 'content-type: application/json\r\n';
    const [none] = statusesIn(await exchange(ingest, request.replace(line, '')));
    const second = request.replace(line, `${line}content-type: text/plain\r\n`);
    const [two] = statusesIn(await exchange(ingest, second));
    expect([none, [400, 415].includes(two ?? 0)]).toEqual([415, true]);
  });
});

describe('requests that are not what they seem', () => {
  test.each(smugglingShapes)(
    '%s: 400 or nothing, the connection ends, and nothing behind it is read',
    async (_, bytes) => {
      const text = await exchange(ingest, Buffer.from(bytes(), 'latin1'), 3_000);
      expect(statusesIn(text).filter((status) => status !== 400)).toEqual([]);
      expect(statusesIn(text).length).toBeLessThan(2);
      expect(text).not.toContain('100 Continue');
    },
  );

  test.each(pathTricks)('%s leads nowhere', async (path) => {
    for (const method of ['GET', 'POST']) {
      const head = `${method} ${path} HTTP/1.1\r\nhost: ingest\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
      const [status] = statusesIn(await exchange(ingest, head, 3_000));
      expect([400, 401, 404, 405]).toContain(status);
    }
  });

  test('identity that a client claims for itself opens nothing', async () => {
    const claims = {
      'x-user-id': 'admin',
      'x-roles': 'admin',
      'x-forwarded-user': 'admin',
      'x-forwarded-for': '127.0.0.1',
      connection: 'close, authorization, x-acme-signature',
    };
    const text = await exchange(
      ingest,
      `GET /internal/events/victim HTTP/1.1\r\nhost: ingest\r\n${Object.entries(claims)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    );
    expect(statusesIn(text)).toEqual([401]);
    const unsigned = await deliverRaw(ingest, '{}', {
      ...claims,
      connection: 'close',
      'x-acme-signature': '',
    });
    expect(unsigned.status).toBe(401);
  });
});

describe('ids that mean something elsewhere', () => {
  test.each(oddIds)('%j as event id and contact id touches its own keys and no other', async (id) => {
    const redis = await connectRedis(servers);
    await redis.use((client) => client.set('ingest:seen:victim', 'untouched'));
    const before = await readKeyspace(redis);
    const event = { ...newContact({ id }), id };
    expect((await deliver(ingest, event)).status).toBe(202);
    expect((await deliver(ingest, event)).status).toBe(200);
    expect((await admin.read(ingest, id)).body).toMatchObject({ eventId: id });

    const after = await readKeyspace(redis);
    await redis.close();
    const isLimit = (key: string) => key.startsWith('ratelimit:ingest:');
    const changed = [...after].filter(([key, value]) => before.get(key) !== value && !isLimit(key));
    const [seen = '', ...others] = changed.map(([key]) => key).toSorted((a, b) => b.localeCompare(a));
    expect(seen).toMatch(/^ingest:seen:[\w.@+%-]+$/);
    expect(others).toEqual([seen.replace(':seen:', ':repeats:')]);
    expect([...before.keys()].filter((key) => !after.has(key) && !isLimit(key))).toEqual([]);
    const onTopic = copiesOf(await readEvents(servers));
    expect(onTopic.get(id)).toBe(1);
  });

  test('no line of the log is anything but one JSON object, and every header of a record is one line', async () => {
    await eventually(async () => expect(await ingest.log()).toMatch(/\n$/));
    const lines = (await ingest.log()).trimEnd().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: 'webhook-ingest' });
    const records = await readRecords(servers);
    expect(
      records.filter(
        ({ headers }) => headers['event-type'] === undefined && headers['secret-id'] === undefined,
      ),
    ).toEqual([]);
  });
});

test('after all of it the process is the same, and its memory is bounded', async () => {
  const body = JSON.stringify(newContact());
  expect((await deliverRaw(ingest, body, signatureOf(body))).status).toBe(202);
  expect(await ingest.metric('process_resident_memory_bytes')).toBeLessThan(600 * 1_048_576);
});
