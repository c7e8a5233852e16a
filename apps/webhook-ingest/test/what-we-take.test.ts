import { createTestIssuer } from '@contact-sync/access/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, type FakePorts, signed, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

/** The text of an event with members of JSON text in its data. */
const hook = (
  members = '',
  { id = 'evt_1', type = 'contact.updated', timestamp = '2026-01-01T00:00:00Z' } = {},
) =>
  `{"id":${JSON.stringify(id)},"event":"${type}","timestamp":"${timestamp}","data":{"id":"crm-1","acme_first_name":"Ada",` +
  `"acme_last_name":"Lovelace","acme_email":"ada@example.com","acme_version":1${members === '' ? '' : ','}${members}}}`;

describe('what webhook-ingest takes', () => {
  let ports: FakePorts;
  beforeEach(() => {
    ports = createFakePorts();
  });

  const post = async (payload: string | Buffer, { url = '/webhooks/acmecrm', headers = {} } = {}) => {
    const access = createTestIssuer().access();
    const app = await createApp({ ports, ...access }, testSettings, testContext());
    return app.inject({ method: 'POST', url, payload, headers: { ...signed(payload), ...headers } });
  };
  const dataOf = async (members: string) => {
    const answer = await post(hook(members));
    expect([answer.statusCode, answer.body]).toEqual([202, '{"eventId":"evt_1"}']);
    return ports.published[0]?.data;
  };
  const extraOf = async (members: string) => {
    await dataOf(members);
    return JSON.stringify(ports.published[0]?.extra);
  };

  it.each(['constructor', '__proto__', 'prototype'])(
    'keeps unknown members called %s as they came',
    async (name) => {
      const members = `"acme_schema":{"${name}":{"prototype":"x"}},"${name}":{"a":1}`;
      expect(await extraOf(members)).toBe(`{${members}}`);
      expect({}).not.toHaveProperty('a');
    },
  );

  it.each(['12345678901234567890', '1e20', '-1.5E7', '1e-400', '0.1000000000000000055511'])(
    'keeps the digits of %s',
    async (number) => {
      const members = `"acme_legacy_id":[${number}]`;
      expect(await extraOf(members)).toBe(`{${members}}`);
    },
  );

  it('publishes an event again whose last digit is another', async () => {
    await post(hook('"acme_legacy_id":12345678901234567890'));
    expect((await post(hook('"acme_legacy_id":12345678901234567891'))).statusCode).toBe(202);
    expect((await post(hook('"acme_legacy_id":12345678901234567890'))).json().duplicate).toBe(true);
  });

  it.each([
    ['"acme_created_at":""', {}],
    ['"acme_phone":"","acme_tags":null', {}],
    ['"acme_custom_fields":{"a":null,"b":"","c":1e2}', { acme_custom_fields: { c: 100 } }],
    ['"acme_updated_at":"2024-05-01T10:00:00.000+0000"', { acme_updated_at: '2024-05-01T10:00:00.000Z' }],
    ['"acme_updated_at":"2024-05-01 12:00:00+02"', { acme_updated_at: '2024-05-01T10:00:00Z' }],
    ['"acme_updated_at":"2015-12-15T15:29:57.990999"', { acme_updated_at: '2015-12-15T15:29:57.990999Z' }],
    ['"acme_created_at":"2015-12-15"', { acme_created_at: '2015-12-15T00:00:00Z' }],
    ['"acme_phone":"\\u202a+1 415 555 2671\\u202c "', { acme_phone: '+1 415 555 2671' }],
  ])('takes %s in its one spelling', async (members, expected) => {
    const { id, acme_first_name, acme_last_name, acme_email, acme_version, ...optional } = {
      ...(await dataOf(members)),
    } as Record<string, unknown>;
    expect(optional).toEqual(expected);
  });

  it('takes an e-mail address with a blank behind it, a time of the event without a zone and a byte order mark', async () => {
    const text = hook('', { timestamp: '2026-01-01 00:00:00' }).replace('example.com', 'example.com ');
    expect((await post(`\ufeff${text}`)).statusCode).toBe(202);
    expect(ports.published).toMatchObject([
      { occurredAt: '2026-01-01T00:00:00Z', data: { acme_email: 'ada@example.com' } },
    ]);
  });

  it.each([
    ['"acme_updated_at":"2024-05-01T10:00:00Z[UTC]"', '/data/acme_updated_at'],
    ['"acme_custom_fields":{"a/b":12345678901234567890}', '/data/acme_custom_fields/a~1b'],
    ['"acme_notes":"cut \\ud83d"', '/data/acme_notes'],
    ['"acme_notes":"a\\u0000"', '/data/acme_notes'],
    ['"acme_score":1e400', '/data/acme_score'],
    ['"acme_version":2', '/data/acme_version'],
    [`"acme_x":${'['.repeat(40)}${']'.repeat(40)}`, `/data/acme_x${'/0'.repeat(30)}`],
  ])('refuses %s with a pointer, and in an array that item alone', async (members, pointer) => {
    const alone = await post(hook(members));
    expect([alone.statusCode, alone.json().errors[0].pointer]).toEqual([400, pointer]);
    const item = ` ${hook(members, { id: 'evt_2' })}\n`;
    const beside = await post(`[${hook()},${item},${hook('', { id: 'evt_3' })}]`);
    expect(beside.statusCode).toBe(202);
    expect(beside.json().results).toMatchObject([
      { eventId: 'evt_1', status: 'accepted' },
      { eventId: 'evt_2', status: 'refused', errors: [{ pointer: `/1${pointer}` }] },
      { eventId: 'evt_3', status: 'accepted' },
    ]);
    expect(ports.quarantined.map(({ body }) => body.toString())).toEqual([hook(members), item]);
  });

  it('takes a mebibyte of numbers that JavaScript spells longer, and letters of quarantine are the bytes as they came', async () => {
    const numbers = `"acme_scores":[${'1e20,'.repeat(200_000)}1]`;
    expect((await extraOf(numbers)).length).toBe(numbers.length + 2);
    const refused = hook(`"acme_version":0,${numbers}`);
    expect((await post(refused)).statusCode).toBe(400);
    expect(ports.quarantined[0]?.body.equals(Buffer.from(refused))).toBe(true);
  });

  it.each(['ping', 'contact.merged', ''])(
    'ignores the event type %j: counted, and nothing else',
    async (type) => {
      const answer = await post(`{"id":"evt_1","event":"${type}"}`);
      expect([answer.statusCode, answer.json()]).toEqual([200, { eventId: 'evt_1', ignored: true }]);
      expect((await post(`{"event":"${type}","data":[1]}`)).json()).toEqual({ ignored: true });
      expect((await post(`[{"event":"${type}"},${hook()}]`)).json().results).toEqual([
        { status: 'ignored' },
        { eventId: 'evt_1', status: 'accepted' },
      ]);
      expect((await post(`[{"event":"${type}"}]`)).statusCode).toBe(202);
      expect([ports.quarantined, ports.published.length]).toEqual([[], 1]);
      expect(ports.items.filter((outcome) => outcome === 'ignored')).toHaveLength(4);
    },
  );

  it('keeps what is refused beside what is ignored', async () => {
    expect((await post('[{"event":"ping"},{}]')).statusCode).toBe(202);
    expect(ports.quarantined).toHaveLength(1);
  });

  it('answers 503 and lives where quarantine rejects at once, while events are under way', async () => {
    ports.unpublishable.add('evt_2');
    const { publish } = ports.log;
    const { promise, resolve } = Promise.withResolvers<void>();
    ports.log.publish = async (...args) => {
      await promise;
      return publish(...args);
    };
    const answer = post(`[${hook()},${hook('"acme_version":0', { id: 'evt_2' })}]`);
    // A rejection that nobody awaits is reported at the end of a turn.
    setTimeout(resolve, 50);
    expect((await answer).statusCode).toBe(503);
    expect([...ports.window.values()]).toMatchObject([{ eventId: 'evt_1' }]);
  });

  it('has the same behind a slash at the end', async () => {
    expect((await post(hook(), { url: '/webhooks/acmecrm/' })).statusCode).toBe(202);
  });

  it.each([
    ['evt_1.a~-', '/api/v1/events/evt_1.a~-'],
    ['a/b', '/api/v1/events?id=a%2Fb'],
    ['..', '/api/v1/events?id=..'],
    ['é x', '/api/v1/events?id=%C3%A9%20x'],
    ['x'.repeat(128), `/api/v1/events?id=${'x'.repeat(128)}`],
  ])('says that the fate of %j is at %s', async (id, location) => {
    expect((await post(hook('', { id }))).headers['location']).toBe(location);
  });

  it.each([{ 'content-encoding': 'gzip' }, { 'content-type': 'application/json; charset=iso-8859-1' }])(
    'answers 415 to %j',
    async (headers) => {
      const answer = await post(hook(), { headers });
      expect([answer.statusCode, answer.headers['accept-encoding']]).toEqual([415, 'identity']);
    },
  );
});
