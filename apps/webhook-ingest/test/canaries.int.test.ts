import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, acmeSecret, deliver, deliverRaw, signatureOf } from './support/acme.ts';
import { type Admin, startAdmin } from './support/admin.ts';
import { connectRedis, readKeyspace } from './support/dedupe-window.ts';
import { newContact, nextVersion } from './support/events.ts';
import { type Ingest, launchIngest, startIngest } from './support/ingest.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readRecords } from './support/topics.ts';
import { exchange, requestBytes } from './support/wire.ts';

// What must never be seen: design rule 10. A phone number is searched for by its digits, an address by its user.
const canaries = {
  email: 'canary.mail.7f3a',
  phone: '4155550142',
  notes: 'canary-note-9c1d',
  name: 'Canarylastname5e',
  unknown: 'canary-unknown-member-2b',
  token: 'canary-token-81aa',
  password: 'canary-password-c4',
  secret: acmeSecret,
} as const;

const person = {
  acme_email: `${canaries.email}@example.com`,
  acme_phone: `+1${canaries.phone}`,
  acme_notes: `call ${canaries.phone}; ${canaries.notes}`,
  acme_last_name: canaries.name,
  acme_owner: { password: canaries.password, hint: canaries.unknown },
};

let servers: Servers;
let admin: Admin;
let ingest: Ingest;
const seen: string[] = [];
const signatures: string[] = [];

const note = (answer: Answer): Answer => {
  seen.push(JSON.stringify([answer.status, answer.body, [...answer.headers]]));
  return answer;
};

const send = async (body: string, headers: Record<string, string> = {}): Promise<Answer> => {
  signatures.push(signatureOf(body)['x-acme-signature']?.slice('sha256='.length) ?? '');
  return note(await deliverRaw(ingest, body, headers));
};

const sendEvent = (members: object) => {
  const event = newContact(person);
  return send(JSON.stringify({ ...event, data: { ...event.data, ...members } }));
};

const bearer = { authorization: `Bearer ${canaries.token}`, cookie: `session=${canaries.token}` };

/** Every answer that the service has, each with canaries in what it is asked. */
const askEverything = async (): Promise<number[]> => {
  const event = newContact(person);
  const body = JSON.stringify(event);
  const answers = [
    await send(body, bearer),
    await send(body),
    await send(JSON.stringify([nextVersion(event), { ...event, data: { ...event.data, acme_email: 7 } }])),
    await send(body, { 'x-acme-signature': `sha256=${canaries.token}` }),
    await send(body, { 'x-acme-timestamp': canaries.phone }),
    await send(body.slice(0, -1)),
    await send(body.replace('"data":{', `"data":{"acme_email":"${person.acme_email}",`)),
    await send(body, { 'content-type': `text/${canaries.email}` }),
    await send(`"${canaries.notes.repeat(80_000)}"`),
    await sendEvent({ acme_email: `${person.acme_email} ` }),
    await sendEvent({ acme_phone: person.acme_phone.repeat(20) }),
    await sendEvent({ acme_notes: person.acme_notes.repeat(200) }),
    await sendEvent({ acme_status: canaries.notes, acme_version: canaries.phone }),
    await sendEvent({ acme_custom_fields: { mail: { nested: person.acme_email } } }),
  ];
  const paths = [
    `/${canaries.email}@example.com?phone=${canaries.phone}`,
    `/webhooks/acmecrm?token=${canaries.token}`,
    `/internal/events/${canaries.email}%40example.com`,
    `/internal/events/%ff${canaries.token}`,
  ];
  for (const path of paths) {
    const response = await fetch(`${ingest.url}${path}`, { headers: bearer });
    seen.push(await response.text(), JSON.stringify([...response.headers]));
    answers.push({ ...(answers[0] as Answer), status: response.status });
  }
  const noHttp = requestBytes(body, { 'content-length': `1 ${canaries.token}` });
  seen.push(await exchange(ingest, noHttp));
  return answers.map(({ status }) => status);
};

beforeAll(async () => {
  [servers, admin] = await Promise.all([startServers(), startAdmin()]);
  ingest = await startIngest(servers, { settings: { AUTH_URL: admin.authUrl, LOG_LEVEL: 'trace' } });
}, 240_000);
afterAll(async () => {
  await ingest?.[Symbol.asyncDispose]();
  admin?.close();
  await servers?.stop();
});

const expectNone = (where: string, texts: readonly string[]) => {
  const found = texts.flatMap((text) =>
    Object.entries({ ...canaries, ...Object.fromEntries(signatures.entries()) })
      .filter(([, canary]) => text.includes(canary))
      .map(([kind]) => `${kind} in ${where}: ${text.slice(0, 300)}`),
  );
  expect(found).toEqual([]);
};

test('no secret, token, e-mail, phone, name or note is in an answer, a log line, a metric, a header or Redis', async () => {
  const statuses = await askEverything();
  expect(new Set(statuses)).toEqual(new Set([202, 200, 400, 401, 404, 405, 413, 415]));
  expect((await admin.read(ingest, 'evt_none')).status).toBe(404);
  await servers.freeze('kafka');
  servers.proxies.redis.setBehaviour({ kind: 'refuse' });
  expect((await sendEvent({})).status).toBe(503);
  await servers.heal();
  ingest.kill('SIGTERM');
  await ingest.ended;

  expectNone('an answer', seen);
  const log = await ingest.log();
  expect(log).toContain('"status":503');
  expectNone('the log', log.split('\n'));
  const records = await readRecords(servers);
  expect(records.length).toBeGreaterThan(5);
  expectNone(
    'a header',
    records.map(({ headers }) => JSON.stringify(headers)),
  );
  const redis = await connectRedis(servers);
  const keyspace = await readKeyspace(redis);
  await redis.close();
  expect(keyspace.size).toBeGreaterThan(1);
  expectNone('Redis', [...keyspace].flat());
});

test('none is in a metric', async () => {
  await using next = await startIngest(servers);
  await deliver(next, newContact(person));
  await deliverRaw(next, JSON.stringify(newContact(person)), { 'x-acme-signature': canaries.token });
  const metrics = await (await fetch(`${next.opsUrl}/metrics`)).text();
  expect(metrics).toContain('webhook_items_total');
  expectNone('a metric', metrics.split('\n'));
});

test('settings that cannot be used are named without their values', async () => {
  await using broken = await launchIngest(servers, {
    settings: {
      REDIS_URL: `http://user:${canaries.password}@redis`,
      SCHEMA_REGISTRY_URL: `ftp://${canaries.token}@registry`,
      PORT: canaries.phone,
    },
  });
  expect(await broken.ended).toEqual({ code: 1, signal: null });
  const log = await broken.log();
  for (const name of ['REDIS_URL', 'SCHEMA_REGISTRY_URL', 'PORT']) expect(log).toContain(name);
  expectNone('the log', log.split('\n'));
});
