import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunSystem, runSystem } from '../run/run-system.ts';
import { postWebhook } from '../src/acme.ts';

let system: RunSystem;
let token: string;

beforeAll(async () => {
  system = await runSystem();
  const response = await fetch(`${system.gatewayUrl}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // A blank behind the e-mail is of the clipboard.
    body: JSON.stringify({ ...system.admin, email: `${system.admin.email} ` }),
  });
  expect(response.status).toBe(200);
  ({ accessToken: token } = (await response.json()) as { accessToken: string });
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${system.gatewayUrl}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

const required = (id: string) =>
  `"id":"${id}","acme_first_name":"Đặng","acme_last_name":"O’Brien","acme_email":"ada@example.com"`;

/** One signed event, its data in the very spelling of the sender. */
const eventOf = (id: string, version: number, members: string): string =>
  `{"id":"evt_${id}_${version}","event":"contact.updated","timestamp":"2026-01-01T00:00:00Z","data":{${required(id)},"acme_version":${version},${members}}}`;

const deliver = (body: string | Buffer, path?: string) =>
  postWebhook(system.ingestUrl, { body, secret: system.acmeSecret, ...(path !== undefined && { path }) });

/** The text of the mirror once it holds that version: digits as they stand there. */
const mirrorAt = (id: string, version: number) =>
  eventually(async () => {
    const response = await ask(`/api/v1/contacts/${contactIdOfAcme(id)}/acme`);
    const text = await response.text();
    expect(text).toContain(`"sourceVersion":${version},`);
    return text;
  });

describe('what real senders send is taken, through ingest, Kafka, worker and store, and shown by the gateway', () => {
  it.each<[string, string, string]>([
    [
      'members called like parts of a prototype',
      '"acme_schema":{"constructor":{"prototype":"x"}}',
      '"acme_schema":{"constructor":{"prototype":"x"}}',
    ],
    [
      'a number of twenty digits',
      '"acme_legacy_id":12345678901234567890',
      '"acme_legacy_id":12345678901234567890',
    ],
    [
      'a time with +0000',
      '"acme_updated_at":"2024-05-01T10:00:00.000+0000"',
      '"acme_updated_at":"2024-05-01T10:00:00.000Z"',
    ],
    [
      'a time without a zone',
      '"acme_created_at":"2015-12-15T15:29:57.990999"',
      '"acme_created_at":"2015-12-15T15:29:57.990999Z"',
    ],
    ['an empty time', '"acme_created_at":"","acme_title":"here"', '"acme_title":"here"'],
    [
      'a custom field that is null',
      '"acme_custom_fields":{"tier":null,"kept":1}',
      '"acme_custom_fields":{"kept":1}',
    ],
  ])('%s', async (name, members, shown) => {
    const id = `odd ${name}`;
    expect((await deliver(eventOf(id, 1, members))).status).toBe(202);
    expect(await mirrorAt(id, 1)).toContain(shown);
  });

  it('a body with a byte order mark, and the path with a slash behind it', async () => {
    const body = Buffer.from(`\ufeff${eventOf('odd mark', 1, '"acme_title":"marked"')}`);
    expect((await deliver(body, '/webhooks/acmecrm/')).status).toBe(202);
    expect(await mirrorAt('odd mark', 1)).toContain('marked');
  });

  it('a changed last digit of a long number is a change', async () => {
    await deliver(eventOf('odd digits', 1, '"acme_legacy_id":12345678901234567890'));
    await mirrorAt('odd digits', 1);
    await deliver(eventOf('odd digits', 2, '"acme_legacy_id":12345678901234567891'));
    expect(await mirrorAt('odd digits', 2)).toContain('12345678901234567891');
  });

  it('one item with broken text costs its neighbours nothing', async () => {
    const sound = eventOf('odd neighbour', 1, '"acme_title":"sound"');
    const broken = eventOf('odd broken', 1, String.raw`"acme_notes":"cut \ud83d"`);
    const answer = await deliver(`[${sound},${broken}]`);
    expect(answer.body).toMatchObject({ results: [{ status: 'accepted' }, { status: 'refused' }] });
    expect(await mirrorAt('odd neighbour', 1)).toContain('sound');
  });

  it('an event of a type that nobody knows is answered and changes nothing', async () => {
    const answer = await deliver(
      '{"id":"evt_ping","event":"ping","timestamp":"2026-01-01T00:00:00Z","data":{}}',
    );
    expect([answer.status, answer.body]).toMatchObject([200, { ignored: true }]);
  });
});

describe('what people type at the API', () => {
  it('finds names without their marks, by an id in capitals too, and takes phones as they are written', async () => {
    await deliver(eventOf('odd names', 1, '"acme_title":"named"'));
    await mirrorAt('odd names', 1);
    for (const typed of ['dang', "o'brien"]) {
      const { items } = (await (
        await ask(`/api/v1/contacts?q=${encodeURIComponent(typed)}&limit=100`)
      ).json()) as {
        items: { id: string }[];
      };
      expect(items.map(({ id }) => id)).toContain(contactIdOfAcme('odd names'));
    }
    const shouted = await ask(`/api/v1/contacts/${contactIdOfAcme('odd names').toUpperCase()}`);
    expect(await shouted.json()).toMatchObject({ id: contactIdOfAcme('odd names') });
    const patched = await ask(`/api/v1/contacts/${contactIdOfAcme('odd names')}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': shouted.headers.get('etag') ?? '' },
      body: JSON.stringify({ phone: '(415) 555-2671', address: { city: 'Paris' } }),
    });
    expect(await patched.json()).toMatchObject({ phone: '+14155552671', address: { city: 'Paris' } });
  });

  it.each<[string, string | Buffer<ArrayBuffer>, Record<string, string>, number]>([
    ['bytes that are no UTF-8', Buffer.from('7b2266697273744e616d65223a224a6f73e9227d', 'hex'), {}, 400],
    ['a member twice', '{"firstName":"a","firstName":"b"}', {}, 400],
    [
      'a number that would be rounded',
      '{"firstName":"a","lastName":"b","email":"a@b.c","customFields":{"n":12345678901234567890}}',
      {},
      400,
    ],
    ['gzip', 'x', { 'content-encoding': 'gzip' }, 415],
  ])('refuses %s', async (_, body, headers, status) => {
    const answer = await ask('/api/v1/contacts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
