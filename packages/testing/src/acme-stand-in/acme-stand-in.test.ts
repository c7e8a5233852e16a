import { afterEach, beforeEach, expect, test } from 'vitest';
import { acmeContact } from '../fixtures/acme-contact.ts';
import { type AcmeStandIn, startAcmeStandIn } from './acme-stand-in.ts';
import { limited } from './acme-trouble.ts';

let acme: AcmeStandIn;

beforeEach(async () => {
  acme = await startAcmeStandIn({
    normalise: (members) => ('acme_title' in members ? { ...members, acme_title: 'Dr.' } : members),
    show: ({ acme_notes: _, ...record }) => ({ ...record, acme_rank: 7 }),
  });
});

afterEach(() => acme.close());

const ask = (method: string, id = '', body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${acme.url}/acme/v1/contacts${id && `/${id}`}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

test('raises a version by a patch at the present version alone, and shows the record in its own way', async () => {
  acme.put(acmeContact(1, { acme_version: 3 }));

  const stale = await ask('PATCH', 'acme-1', { acme_title: 'x' }, { 'if-match': '"2"' });
  const right = await ask('PATCH', 'acme-1', { acme_title: 'x' }, { 'if-match': '"3"' });

  expect(stale.status).toBe(412);
  const record = (await right.json()) as Record<string, unknown>;
  expect(record).toMatchObject({ id: 'acme-1', acme_version: 4, acme_title: 'Dr.', acme_rank: 7 });
  expect(record).not.toHaveProperty('acme_notes');
  expect(acme.changes.map(({ record: { acme_version }, by }) => [acme_version, by])).toEqual([[4, 'api']]);
});

test('makes a contact once for its key and once for its external id', async () => {
  const body = { acme_first_name: 'Ada', acme_external_id: 'ours-1' };

  const answers = [
    await ask('POST', '', body, { 'idempotency-key': 'a' }),
    await ask('POST', '', body, { 'idempotency-key': 'a' }),
    await ask('POST', '', body, { 'idempotency-key': 'b' }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 409]);
  expect(acme.contacts.size).toBe(1);
});

test('says of a deleted contact that it is gone, with its version, and of no other one', async () => {
  acme.put(acmeContact(1));

  const deleted = await ask('DELETE', 'acme-1');
  const gone = await ask('GET', 'acme-1');
  const unknown = await ask('GET', 'acme-2');

  expect(await deleted.json()).toEqual({ id: 'acme-1', acme_version: 2, acme_deleted: true });
  expect([gone.status, await gone.json()]).toEqual([
    410,
    { error: 'contact_deleted', id: 'acme-1', acme_version: 2 },
  ]);
  expect(unknown.status).toBe(404);
});

test('makes the trouble that it is told to, before the effect or after it', async () => {
  acme.put(acmeContact(1));
  const patchUnder = async (trouble: Parameters<AcmeStandIn['trouble']>[0]) => {
    acme.trouble(trouble);
    const answer = await ask('PATCH', 'acme-1', { acme_company: crypto.randomUUID() }).catch(() => undefined);
    return [answer?.status, acme.contacts.get('acme-1')?.record.acme_version];
  };

  expect(await patchUnder(() => ({ kind: 'cut', effect: 'none' }))).toEqual([undefined, 1]);
  expect(await patchUnder(() => ({ kind: 'cut', effect: 'done' }))).toEqual([undefined, 2]);
  expect(await patchUnder(() => limited(3))).toEqual([429, 2]);
  expect(await patchUnder(() => ({ kind: 'held', until: Promise.resolve() }))).toEqual([200, 3]);
  expect(await patchUnder(undefined)).toEqual([200, 4]);
});
