import { createTestIssuer } from '@contact-sync/access/testing';
import { contactIdOfAcme } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, type FakePorts, signed, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const event = (id: string, data: object = {}, type = 'contact.updated') => ({
  id,
  event: type,
  timestamp: '2026-01-01T00:00:00Z',
  data: {
    id: 'crm-1',
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_version: 1,
    ...data,
  },
});

describe('POST /webhooks/acmecrm', () => {
  let ports: FakePorts;
  beforeEach(() => {
    ports = createFakePorts();
  });

  const post = async (
    payload: string | Buffer,
    headers: Record<string, string> = signed(payload),
    url = '/webhooks/acmecrm',
  ) => {
    const issuer = createTestIssuer();
    const app = await createApp({ ports, ...issuer.access() }, testSettings, testContext());
    return app.inject({ method: 'POST', url, payload, headers });
  };
  const postJson = (value: unknown) => post(JSON.stringify(value));

  it('publishes a signed event under the id of its contact and answers where its fate will be', async () => {
    const answer = await postJson(event('evt_1', { acme_mood: { any: ['thing'] }, acme_phone: null }));
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ eventId: 'evt_1' });
    expect(answer.headers.location).toBe('/api/v1/events/evt_1');
    expect(ports.published).toMatchObject([
      {
        eventId: 'evt_1',
        eventType: 'contact.updated',
        contactId: contactIdOfAcme('crm-1'),
        sourceVersion: 1,
        source: 'acmecrm',
        extra: { acme_mood: { any: ['thing'] } },
      },
    ]);
    expect(ports.published[0]?.data).not.toHaveProperty('acme_mood');
    expect(ports.items).toEqual(['accepted']);
  });

  it('carries no more of a delete than id and version', async () => {
    const gone = event('evt_1', { acme_version: 7, acme_email: 17 }, 'contact.deleted');
    expect((await postJson(gone)).statusCode).toBe(202);
    expect(ports.published).toMatchObject([{ data: { id: 'crm-1', acme_version: 7 }, extra: {} }]);
  });

  it('answers a repeat as a duplicate and publishes it once', async () => {
    await postJson(event('evt_1'));
    const answer = await postJson(event('evt_1'));
    expect([answer.statusCode, answer.json()]).toEqual([200, { eventId: 'evt_1', duplicate: true }]);
    expect(ports.published).toHaveLength(1);
  });

  it('publishes the same event id with other content', async () => {
    await postJson(event('evt_1'));
    const answer = await postJson(event('evt_1', { acme_version: 2 }));
    expect(answer.statusCode).toBe(202);
    expect(ports.published).toHaveLength(2);
  });

  it('answers 503 with Retry-After and remembers nothing of what is not durable', async () => {
    ports.unpublishable.add('evt_1');
    const refused = await postJson(event('evt_1'));
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(refused.headers['retry-after']).toBe('1');
    expect(ports.window.size).toBe(0);
    ports.unpublishable.clear();
    expect((await postJson(event('evt_1'))).statusCode).toBe(202);
  });

  it('answers an array with the fate of each item, in order, and quarantines what is invalid', async () => {
    await postJson(event('evt_1'));
    const answer = await postJson([event('evt_1'), event('evt_2'), event('evt_3', { acme_email: 'nobody' })]);
    expect(answer.statusCode).toBe(202);
    expect(answer.json().results).toEqual([
      { eventId: 'evt_1', status: 'duplicate' },
      { eventId: 'evt_2', status: 'accepted' },
      {
        eventId: 'evt_3',
        status: 'refused',
        errors: [expect.objectContaining({ pointer: '/2/data/acme_email' })],
      },
    ]);
    expect(ports.quarantined).toMatchObject([{ eventId: 'evt_3', secretId: 'acme-1', itemIndex: 2 }]);
  });

  it('answers 503 to an array of which one item is not durable, and remembers those that are', async () => {
    ports.unpublishable.add('evt_2');
    const answer = await postJson([event('evt_1'), event('evt_2')]);
    expect(answer.statusCode).toBe(503);
    expect([...ports.window.values()]).toMatchObject([{ eventId: 'evt_1' }]);
    ports.unpublishable.clear();
    const retried = await postJson([event('evt_1'), event('evt_2')]);
    expect(retried.json().results.map(({ status }: { status: string }) => status)).toEqual([
      'duplicate',
      'accepted',
    ]);
  });

  it('answers an invalid event 400 with every pointer and keeps it in quarantine', async () => {
    const answer = await postJson(
      event('evt_1', { acme_email: 'nobody', acme_version: 0, acme_status: 'Gone' }),
    );
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/data/acme_email',
      '/data/acme_status',
      '/data/acme_version',
    ]);
    expect(ports.quarantined).toHaveLength(1);
    expect(ports.published).toHaveLength(0);
  });

  it.each([
    ['an empty array', '[]'],
    ['too many items', JSON.stringify(Array.from({ length: 101 }, (_, index) => event(`evt_${index}`)))],
    ['a number', '7'],
    ['no type', JSON.stringify({ ...event('evt_1'), event: undefined })],
    ['data that is no object', JSON.stringify({ ...event('evt_1'), data: 'x' })],
  ])('refuses %s as INVALID_BODY', async (_, body) => {
    const answer = await post(body);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(ports.published).toHaveLength(0);
    expect(ports.quarantined).toMatchObject([{ reason: 'INVALID_BODY', body: Buffer.from(body) }]);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['an empty body', ''],
    ['bad UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    [
      'nesting of 10,000',
      JSON.stringify(event('e', { acme_x: '@' })).replace(
        '"@"',
        `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      ),
    ],
    ['a number beyond range', JSON.stringify(event('e')).replace('"acme_version":1', '"acme_version":1e400')],
    ['a lone surrogate', JSON.stringify(event('e')).replace('Ada', '\\ud800')],
    ['NUL', JSON.stringify(event('e')).replace('Ada', '\\u0000')],
    ['a member twice', JSON.stringify(event('e')).replace('"data":{', '"data":{"acme_version":2,')],
  ])('refuses %s as MALFORMED_BODY and keeps its bytes in quarantine', async (_, body) => {
    const answer = await post(body);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'MALFORMED_BODY']);
    expect(ports.quarantined).toMatchObject([{ reason: 'MALFORMED_BODY', body: Buffer.from(body) }]);
  });

  it('refuses what is not signed, wrongly signed or re-serialised, before it looks at the body', async () => {
    const body = JSON.stringify(event('evt_1'));
    const json = { 'content-type': 'application/json' };
    const missing = await post(body, json);
    expect([missing.statusCode, missing.json().code]).toEqual([401, 'SIGNATURE_MISSING']);
    const other = await post(body, signed(`${body} `));
    expect([other.statusCode, other.json().code]).toEqual([401, 'SIGNATURE_INVALID']);
    const malformed = await post('{', { ...signed(body) });
    expect(malformed.json().code).toBe('SIGNATURE_INVALID');
    expect(ports.unsigned).toEqual(['SIGNATURE_MISSING', 'SIGNATURE_INVALID', 'SIGNATURE_INVALID']);
    expect(other.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    [-302, 401],
    [302, 401],
    [-298, 202],
    [298, 202],
  ])('judges an attempt %i s from our clock as %i', async (offset, status) => {
    const body = JSON.stringify(event('evt_1'));
    const answer = await post(body, signed(body, offset));
    expect(answer.statusCode).toBe(status);
    if (status === 401) expect(answer.json().code).toBe('TIMESTAMP_OUTSIDE_WINDOW');
  });

  it('refuses a body of 1 MiB and one byte, and takes one of 1 MiB', async () => {
    const filled = (bytes: number) => {
      const empty = JSON.stringify(event('evt_1', { acme_blob: '' }));
      return empty.replace('"acme_blob":""', `"acme_blob":"${'x'.repeat(bytes - empty.length)}"`);
    };
    const over = await post(filled(1_048_577));
    expect([over.statusCode, over.json().code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await post(filled(1_048_576))).statusCode).toBe(202);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'application/xml'])(
    'refuses the content type %s',
    async (contentType) => {
      const body = JSON.stringify(event('evt_1'));
      const answer = await post(body, { ...signed(body), 'content-type': contentType });
      expect([answer.statusCode, answer.json().code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    },
  );
});
