import { type AcmeTrouble, eventually, limited } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { runWriter } from './support/running-writer.ts';

type Running = Awaited<ReturnType<typeof runWriter>>;

const within = { timeoutMs: 30_000 };
const ada = { acme_first_name: 'Ada', acme_last_name: 'Lovelace', acme_email: 'ada@example.com' };

/** So many contacts that both sides have alike. */
const known = ({ acme, contacts }: Running, count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const record = { id: `acme-${index}`, acme_version: 1, ...ada };
    acme.put(record);
    return contacts.known(record);
  });

const edit = async (running: Running, ids: readonly string[], title: string): Promise<void> => {
  for (const id of ids) running.contacts.edit(id, { acme_title: title });
  await running.tell(ids);
};

const titlesOf = ({ acme }: Running) =>
  [...acme.contacts.values()].map(({ record: { acme_title } }) => acme_title);

const areAll = (running: Running, title: string): boolean =>
  titlesOf(running).every((present) => present === title);

const kindsOf = ({ settled }: Running) => new Set(settled.map(({ route }) => route.kind));

test('edits go on while AcmeCRM is down or wants to be left alone, and are all there after, no retry spent', async () => {
  const running = await runWriter();
  const ids = known(running, 30);
  await edit(running, ids, 'first');
  await eventually(() => areAll(running, 'first'), within);

  running.acme.trouble(() => ({ kind: 'answer', status: 503 }));
  await edit(running, ids, 'second');
  const failed = () => running.acme.requests.filter(({ status }) => status === 503).length;
  await eventually(() => failed() > 4, within);
  await edit(running, ids, 'third');
  running.acme.trouble(() => limited(1));
  const calls = running.acme.requests.length;
  await eventually(() => running.acme.requests.slice(calls).some(({ status }) => status === 429), within);
  running.acme.trouble();

  await eventually(() => areAll(running, 'third'), within);
  await eventually(() => running.settled.length >= 90, within);
  expect(kindsOf(running)).toEqual(new Set(['done']));
  for (const { record } of running.acme.contacts.values()) expect(record.acme_version).toBeLessThanOrEqual(4);
});

test('one record that is refused is a letter with its pointer, one that is silent, 403 or 500 waits; all others arrive', async () => {
  const running = await runWriter();
  const ids = known(running, 12);
  const troubles: Readonly<Record<string, AcmeTrouble>> = {
    'acme-3': { kind: 'answer', status: 422, body: { pointer: '/acme_title' } },
    'acme-5': { kind: 'silent', effect: 'none' },
    'acme-7': { kind: 'answer', status: 403 },
    'acme-9': { kind: 'answer', status: 500 },
  };
  running.acme.trouble(({ id = '', method }) => (method === 'GET' ? undefined : troubles[id]));
  await edit(running, ids, 'first');

  await eventually(() => titlesOf(running).filter((title) => title === 'first').length === 8, within);
  const routeOf = (index: number) => running.settled.find(({ key }) => key === ids[index])?.route;
  await eventually(() => [3, 5, 7, 9].every((index) => routeOf(index) !== undefined), within);
  expect(routeOf(3)).toMatchObject({
    kind: 'letter',
    failure: { code: 'ACME_REFUSED', pointer: '/acme_title' },
  });
  for (const index of [5, 7, 9]) {
    expect(routeOf(index)).toMatchObject({ kind: 'tier', failure: { code: 'ACME_UNAVAILABLE' } });
  }

  running.acme.trouble();
  const waited = ['acme-5', 'acme-7', 'acme-9'];
  await eventually(
    () => waited.every((id) => running.acme.contacts.get(id)?.record.acme_title === 'first'),
    within,
  );
});

test('a copy that is stopped while AcmeCRM answers late loses nothing: the next one finds what was written', async () => {
  const running = await runWriter();
  const ids = known(running, 6);
  let held = 0;
  running.acme.trouble(({ method }) => {
    if (method !== 'PATCH' || held >= 6) return undefined;
    held += 1;
    return { kind: 'silent', effect: 'done' };
  });
  await edit(running, ids, 'first');
  await eventually(() => held > 0, within);

  await running.takeOver();

  await eventually(() => running.settled.length >= 6, within);
  expect(areAll(running, 'first')).toBe(true);
  for (const { record } of running.acme.contacts.values()) expect(record.acme_version).toBe(2);
});
