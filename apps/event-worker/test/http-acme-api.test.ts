import { createHttpClient, createMetrics, type Metrics } from '@contact-sync/service-kit';
import { type AcmeStandIn, acmeContact, limited, startAcmeStandIn } from '@contact-sync/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AcmeApi } from '../src/acme/acme-api.ts';
import { observeAcme } from '../src/adapters/acme/acme-metrics.ts';
import { createHttpAcmeApi } from '../src/adapters/acme/http-acme-api.ts';
import { memoryAcmeTurns } from './memory-acme-turns.ts';

// Tells silence from a slow machine.
const timeoutMs = 2_000;
const apiKey = 'a-key-of-acme-crm-for-tests';
const never = new AbortController().signal;

let acme: AcmeStandIn;
let turns: ReturnType<typeof memoryAcmeTurns>;
let http: ReturnType<typeof createHttpClient>;

let metrics: Metrics;

const apiWith = (key: string): AcmeApi =>
  createHttpAcmeApi({ http, apiKey: key, turns, observe: observeAcme(metrics, 'writes') });

beforeEach(async () => {
  acme = await startAcmeStandIn({ apiKey });
  turns = memoryAcmeTurns();
  metrics = createMetrics('test');
  http = createHttpClient({ peer: 'AcmeCRM', baseUrl: acme.url, timeoutMs });
});

afterEach(async () => {
  await http.close();
  await acme.close();
});

test('changes a contact at the version that it knows, and hears when that is not the present one', async () => {
  acme.put(acmeContact(1, { acme_version: 3 }));
  const api = apiWith(apiKey);

  const right = await api.patch('acme-1', 3, { acme_title: 'Countess' }, never);
  const stale = await api.patch('acme-1', 3, { acme_title: 'Dr.' }, never);

  expect(right).toMatchObject({ kind: 'record', record: { acme_version: 4, acme_title: 'Countess' } });
  expect(stale).toEqual({ kind: 'stale' });
  expect(acme.contacts.get('acme-1')?.record).toMatchObject({ acme_version: 4, acme_title: 'Countess' });
});

test('a creation that is repeated with its key makes one contact, and an external id has one owner', async () => {
  const record = { acme_first_name: 'Ada', acme_last_name: 'L', acme_email: 'a@b', acme_external_id: 'x' };
  const api = apiWith(apiKey);

  const answers = [
    await api.create(record, 'key-1', never),
    await api.create(record, 'key-1', never),
    await api.create(record, 'key-2', never),
  ];

  const [made] = [...acme.contacts.keys()];
  expect(acme.contacts.size).toBe(1);
  expect(answers.map(({ kind }) => kind)).toEqual(['record', 'record', 'taken']);
  expect(answers[2]).toEqual({ kind: 'taken', acmeId: made });
});

test('deletes, and is told of what is deleted or was never there', async () => {
  acme.put(acmeContact(1));
  const api = apiWith(apiKey);

  expect(await api.remove('acme-1', 1, never)).toEqual({ kind: 'deleted', version: 2 });
  expect(await api.find('acme-1', never)).toEqual({ kind: 'deleted', version: 2 });
  expect(await api.find('a/b?c', never)).toEqual({ kind: 'missing' });
  expect(acme.requests.at(-1)?.id).toBe('a/b?c');
});

test('no answer is an answer: neither a cut, a silence, nor a peer that is away is thrown', async () => {
  acme.put(acmeContact(1));
  const api = apiWith(apiKey);

  acme.trouble(() => ({ kind: 'cut', effect: 'done' }));
  const cut = await api.patch('acme-1', 1, { acme_title: 'Dr.' }, never);
  acme.trouble(() => ({ kind: 'silent', effect: 'none' }));
  const silent = await api.find('acme-1', never);
  await acme.close();
  const away = await api.find('acme-1', never);

  expect([cut.kind, silent.kind, away.kind]).toEqual(['unavailable', 'unavailable', 'unavailable']);
  expect(acme.contacts.get('acme-1')?.record.acme_version).toBe(2);
});

test('asks nothing more while AcmeCRM wants to be left alone', async () => {
  acme.put(acmeContact(1));
  const api = apiWith(apiKey);
  acme.trouble(() => limited(30));

  const told = await api.find('acme-1', never);
  const [again, listed] = [await api.find('acme-1', never), await api.list({ limit: 1 }, never)];

  expect(told).toEqual({ kind: 'limited', retryAfterMs: 30_000 });
  expect([again.kind, listed.kind]).toEqual(['limited', 'limited']);
  expect(acme.requests).toHaveLength(1);
  expect(turns.taken()).toBe(1);
});

test('a wrong key is told as such, and stands in no answer', async () => {
  const wrong = 'a-wrong-key-that-nobody-may-read';
  const answer = await apiWith(wrong).list({ limit: 1 }, never);
  expect(answer).toEqual({ kind: 'unauthorised', status: 401 });
  expect(JSON.stringify(answer)).not.toContain(wrong);
});

test('our key goes to no other place: a redirect is not followed', async () => {
  const elsewhere = await startAcmeStandIn();
  acme.trouble(() => ({ kind: 'answer', status: 307, headers: { location: elsewhere.url } }));

  const answer = await apiWith(apiKey).find('acme-1', never);

  expect(answer).toEqual({ kind: 'unavailable', why: 'it answered 307' });
  expect(elsewhere.requests).toHaveLength(0);
  await elsewhere.close();
});

test('ends at once when its caller stops', async () => {
  acme.trouble(() => ({ kind: 'silent', effect: 'none' }));
  const stop = new AbortController();
  const asked = apiWith(apiKey).find('acme-1', stop.signal);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

test('every request is counted by its route and what AcmeCRM said, under no id of a contact', async () => {
  acme.put(acmeContact(1, { acme_version: 3 }));
  const api = apiWith(apiKey);
  await api.find('acme-1', never);
  await api.find('acme-unknown', never);
  await api.patch('acme-1', 2, { acme_title: 'Dr.' }, never);
  await api.list({ limit: 10 }, never);
  await apiWith('another key').remove('acme-1', 3, never);
  const counted = async (name: string) => {
    const values = (await metrics.registry.getSingleMetric(name)?.get())?.values ?? [];
    return values.filter(({ value }) => value > 0).map(({ labels, value }) => ({ ...labels, value }));
  };
  const one = { client: 'writes', value: 1 };
  expect(await counted('contact_sync_acme_requests_total')).toEqual([
    { ...one, route: 'GET /acme/v1/contacts', outcome: 'page' },
    { ...one, route: 'GET /acme/v1/contacts/{id}', outcome: 'record' },
    { ...one, route: 'GET /acme/v1/contacts/{id}', outcome: 'missing' },
    { ...one, route: 'PATCH /acme/v1/contacts/{id}', outcome: 'stale' },
    { ...one, route: 'DELETE /acme/v1/contacts/{id}', outcome: 'unauthorised' },
  ]);
  const text = await metrics.registry.metrics();
  expect(text).toContain('contact_sync_acme_request_duration_seconds_count{');
  expect(text).not.toContain('acme-1');
});

test('a request that AcmeCRM wants later is not sent, and not counted', async () => {
  const api = apiWith(apiKey);
  await turns.leaveAlone(60_000);
  expect(await api.list({ limit: 10 }, never)).toMatchObject({ kind: 'limited' });
  const told = await metrics.registry.getSingleMetric('contact_sync_acme_requests_total')?.get();
  expect(told?.values.every(({ value }) => value === 0)).toBe(true);
});
