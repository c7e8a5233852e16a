import { eventually, limited } from '@contact-sync/testing';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { startWriter } from './support/written-system.ts';

const ada = { acme_first_name: 'Ada', acme_last_name: 'Lovelace', acme_email: 'ada@example.com' };

type Writer = Awaited<ReturnType<typeof startWriter>>;

/** A contact that both sides have alike. */
const known = ({ acme, contacts }: Writer, id = 'acme-1', version = 3): string => {
  const record = { id, acme_version: version, ...ada };
  acme.put(record);
  return contacts.known(record);
};

const writesOf = ({ acme }: Writer) => acme.requests.filter(({ method }) => method !== 'GET');
const recordOf = ({ acme }: Writer, id = 'acme-1') => acme.contacts.get(id)?.record;

test('an edit here is one patch of what differs, and its answer is applied as the answer to that write', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess' });

  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);

  const [write] = writesOf(writer);
  expect(write).toMatchObject({ method: 'PATCH', id: 'acme-1', body: { acme_title: 'Countess' } });
  expect(write?.headers['if-match']).toBe('"3"');
  expect(writer.contacts.applied).toMatchObject([
    {
      eventId: `wb:${id}:4`,
      eventType: 'contact.updated',
      contactId: id,
      sourceVersion: 4,
      answers: { contactId: id, writeId: `write-1-${id}` },
    },
  ]);
  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'agreed' }]);
  expect(writesOf(writer)).toHaveLength(1);
});

test('of several changes of a contact in one batch the newest alone is carried', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Miss' });
  const older = writer.recordOf(id, Date.now());
  writer.contacts.edit(id, { acme_title: 'Countess' });
  const newer = writer.recordOf(id, Date.now());

  const outcomes = await writer.handle([older, newer], { signal: new AbortController().signal, failures: 0 });

  expect(outcomes).toEqual([
    { kind: 'done', fate: 'superseded' },
    { kind: 'done', fate: 'written' },
  ]);
  expect(writesOf(writer)).toHaveLength(1);
});

test('what AcmeCRM changed meanwhile is taken and stays, and our edit follows on it', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess', acme_company: '' });
  writer.acme.edit('acme-1', { acme_company: 'Analytical Engines' });

  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);

  expect(recordOf(writer)).toMatchObject({
    acme_title: 'Countess',
    acme_company: 'Analytical Engines',
    acme_version: 5,
  });
  expect(writesOf(writer).map(({ status }) => status)).toEqual([412, 200]);
  expect(writer.contacts.applied.map(({ eventId, answers }) => [eventId, answers?.writeId])).toEqual([
    [`wb:${id}:4`, undefined],
    [`wb:${id}:5`, `write-2-${id}`],
  ]);
});

test('a record that moves before each of our writes goes to a retry tier after three more', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess' });
  let moves = 0;
  writer.acme.trouble(({ method }) => {
    moves += 1;
    if (method === 'PATCH') writer.acme.edit('acme-1', { acme_company: `Engines ${moves}` });
    return undefined;
  });

  expect(await writer.hear([id])).toEqual([{ kind: 'retryLater', stage: 'handle', code: 'CONFLICT' }]);

  expect(writesOf(writer)).toHaveLength(4);
});

test.each(['none', 'done'] as const)(
  'a write whose answer is lost with its effect %s is made once, and no edit is lost',
  async (effect) => {
    const writer = await startWriter();
    const id = known(writer);
    writer.contacts.edit(id, { acme_title: 'Countess' });
    let cuts = 0;
    writer.acme.trouble(({ method }) => {
      if (method === 'GET' || cuts > 0) return undefined;
      cuts += 1;
      return { kind: 'cut', effect };
    });

    expect(await writer.hear([id])).toEqual([
      { kind: 'retryLater', stage: 'handle', code: 'ACME_UNAVAILABLE' },
    ]);
    await writer.hear([id]);

    expect(recordOf(writer)).toMatchObject({ acme_title: 'Countess', acme_version: 4 });
    expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'agreed' }]);
  },
);

test('a write that was lost is made as it was, and what was edited since follows at once', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'first' });
  writer.acme.trouble(() => ({ kind: 'answer', status: 503 }));
  await expect(writer.hear([id])).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  writer.contacts.edit(id, { acme_title: 'second' });
  writer.acme.trouble();

  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);

  expect(recordOf(writer)).toMatchObject({ acme_title: 'second', acme_version: 5 });
});

test.each(['none', 'done'] as const)(
  'a contact born here is made there once where the answer is lost with its effect %s',
  async (effect) => {
    const writer = await startWriter();
    const id = v7();
    writer.contacts.edit(id, ada);
    let cuts = 0;
    writer.acme.trouble(({ method }) => {
      if (method === 'GET' || cuts > 0) return undefined;
      cuts += 1;
      return { kind: 'cut', effect };
    });

    await writer.hear([id]);
    expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);

    expect([...writer.acme.contacts.values()]).toMatchObject([{ record: { ...ada, acme_external_id: id } }]);
    expect(writer.contacts.applied.at(-1)?.answers?.contactId).toBe(id);
  },
);

test('a create whose key AcmeCRM has forgotten finds the record by its external id and is answered by it', async () => {
  const writer = await startWriter();
  const id = v7();
  writer.contacts.edit(id, ada);
  writer.acme.put({ id: 'acme-9', acme_version: 2, ...ada, acme_external_id: id });

  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);

  expect(writer.acme.contacts.size).toBe(1);
  expect(writer.contacts.applied).toMatchObject([
    { data: { id: 'acme-9' }, extra: { acme_external_id: id }, answers: { contactId: id } },
  ]);
});

test('a contact that AcmeCRM has deleted is deleted at that version, by no word but its own', async () => {
  const writer = await startWriter();
  const [gone, unknown] = [known(writer, 'acme-1'), known(writer, 'acme-2')];
  writer.acme.remove('acme-1');
  writer.acme.trouble(({ id }) => (id === 'acme-2' ? { kind: 'answer', status: 404 } : undefined));
  for (const id of [gone, unknown]) writer.contacts.edit(id, { acme_title: 'Countess' });

  expect(await writer.hear([gone, unknown])).toEqual([
    { kind: 'done', fate: 'written' },
    { kind: 'deadLetter', stage: 'handle', code: 'ACME_NOT_FOUND' },
  ]);

  expect(writer.contacts.applied).toMatchObject([
    { eventType: 'contact.deleted', eventId: `wb:${gone}:4`, sourceVersion: 4 },
  ]);
  expect(writer.contacts.outcomes).toMatchObject([{ id: unknown, outcome: 'not-found' }]);
});

test('404 on everything is another account: it pauses after ten, and deletes nothing', async () => {
  const writer = await startWriter();
  const ids = Array.from({ length: 30 }, (_, index) => known(writer, `acme-${index}`));
  for (const id of ids) writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.acme.trouble(({ id }) => (id === undefined ? undefined : { kind: 'answer', status: 404 }));

  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });

  const strangers = writer.contacts.outcomes.filter(({ outcome }) => outcome === 'not-found');
  expect(strangers).toHaveLength(10);
  expect(writer.contacts.applied).toHaveLength(0);

  writer.acme.trouble();
  const outcomes = await writer.hear(ids);
  expect(writesOf(writer).filter(({ status }) => status === 200)).toHaveLength(20);
  expect(outcomes.filter(({ kind }) => kind === 'deadLetter')).toEqual(
    Array(10).fill({ kind: 'deadLetter', stage: 'handle', code: 'ACME_NOT_FOUND' }),
  );
});

test('one record that AcmeCRM refuses is its own letter with the pointer, and the next edit is written anew', async () => {
  const writer = await startWriter();
  const ids = ['acme-1', 'acme-2', 'acme-3'].map((id) => known(writer, id));
  for (const id of ids) writer.contacts.edit(id, { acme_phone: '+1' });
  writer.acme.trouble(({ id, body }) =>
    id === 'acme-2' && body['acme_phone'] === '+1'
      ? { kind: 'answer', status: 422, body: { errors: [{ pointer: '/acme_phone', detail: '+1' }] } }
      : undefined,
  );

  expect(await writer.hear(ids)).toEqual([
    { kind: 'done', fate: 'written' },
    { kind: 'deadLetter', stage: 'handle', code: 'ACME_REFUSED', pointer: '/acme_phone' },
    { kind: 'done', fate: 'written' },
  ]);
  writer.contacts.edit(ids[1] ?? '', { acme_phone: '+15551234' });
  expect(await writer.hear(ids.slice(1, 2))).toEqual([{ kind: 'done', fate: 'written' }]);
  expect(recordOf(writer, 'acme-2')).toMatchObject({ acme_phone: '+15551234' });
});

test('a contact that the mapping makes no record of is a letter with the pointer, and is written once it can be', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.contacts.contact(id).hold = { why: 'unmappable', code: 'MAPPING_FAILED', pointer: '/title' };
  const letter = { kind: 'deadLetter', stage: 'map', code: 'MAPPING_FAILED', pointer: '/title' };
  expect(await writer.hear([id])).toEqual([letter]);

  delete writer.contacts.contact(id).hold;
  expect(await writer.hear([id])).toEqual([{ kind: 'done', fate: 'written' }]);
  expect(recordOf(writer)).toMatchObject({ acme_title: 'Countess' });
});

test('a record that AcmeCRM refused while it took nothing of others is a letter once the others are written', async () => {
  const writer = await startWriter();
  const ids = ['acme-1', 'acme-2'].map((id) => known(writer, id));
  for (const id of ids) writer.contacts.edit(id, { acme_phone: '+1' });
  const errors = [{ pointer: '/acme_phone', detail: '+1' }];
  writer.acme.trouble(({ id }) =>
    id === 'acme-1' ? { kind: 'answer', status: 422, body: { errors } } : limited(1),
  );
  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect(writer.contacts.outcomes).toMatchObject([{ outcome: 'refused' }, { outcome: 'not-sent' }]);

  writer.acme.trouble();
  await eventually(async () =>
    expect(await writer.hear(ids)).toEqual([
      { kind: 'deadLetter', stage: 'handle', code: 'ACME_REFUSED', pointer: '/acme_phone' },
      { kind: 'done', fate: 'written' },
    ]),
  );
});

test.each([
  ['403', { kind: 'answer', status: 403 }],
  ['500', { kind: 'answer', status: 500 }],
  ['silence', { kind: 'silent', effect: 'none' }],
] as const)(
  'one record that is always %s is tried later by itself, and stops nobody else',
  async (_, trouble) => {
    const writer = await startWriter();
    const ids = ['acme-1', 'acme-2', 'acme-3'].map((id) => known(writer, id));
    for (const id of ids) writer.contacts.edit(id, { acme_title: 'Countess' });
    writer.acme.trouble(({ id }) => (id === 'acme-2' ? trouble : undefined));

    expect(await writer.hear(ids)).toEqual([
      { kind: 'done', fate: 'written' },
      { kind: 'retryLater', stage: 'handle', code: 'ACME_UNAVAILABLE' },
      { kind: 'done', fate: 'written' },
    ]);
  },
);

test('AcmeCRM that takes nothing is nobody’s fault: the batch waits, and nothing is begun any more', async () => {
  const writer = await startWriter();
  const ids = Array.from({ length: 60 }, (_, index) => known(writer, `acme-${index}`));
  for (const id of ids) writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.acme.trouble(() => ({ kind: 'answer', status: 503 }));

  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect(writesOf(writer).length).toBeLessThanOrEqual(8);

  writer.acme.trouble();
  const outcomes = await writer.hear(ids);
  expect(outcomes).toHaveLength(60);
  for (const outcome of outcomes) expect(outcome).toEqual({ kind: 'done', fate: 'written' });
});

test('writes that all fail while reads are answered are AcmeCRM’s trouble too, after five', async () => {
  const writer = await startWriter();
  const ids = Array.from({ length: 24 }, (_, index) => known(writer, `acme-${index}`));
  for (const id of ids) writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.acme.trouble(({ method }) => (method === 'PATCH' ? { kind: 'answer', status: 503 } : undefined));

  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
});

test('a wrong key pauses, and no record is to blame', async () => {
  const writer = await startWriter({ apiKey: 'right', ourKey: 'wrong' });
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess' });

  await expect(writer.hear([id])).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect(writer.contacts.outcomes).toMatchObject([{ id, outcome: 'not-sent' }]);
});

test('429 pauses for as long as AcmeCRM says, and asks nothing meanwhile', async () => {
  const writer = await startWriter();
  const ids = Array.from({ length: 20 }, (_, index) => known(writer, `acme-${index}`));
  for (const id of ids) writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.acme.trouble(() => ({ kind: 'answer', status: 429, headers: { 'retry-after': '7' } }));

  await expect(writer.hear(ids)).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    retryAfterMs: 7_000,
  });
  const asked = writer.acme.requests.length;
  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });

  expect(asked).toBeLessThanOrEqual(8);
  expect(writer.acme.requests).toHaveLength(asked);
});

test('an answer that is no record of a contact gives the write up, as a letter that says where', async () => {
  const writer = await startWriter();
  const id = known(writer);
  writer.contacts.edit(id, { acme_title: 'Countess' });
  writer.contacts.applier.apply = async (events) => ({
    results: events.map(({ eventId }) => ({
      eventId,
      code: 'INVALID_EVENT',
      pointer: '/data/acme_email',
      retryable: false,
    })),
  });

  const letter = { kind: 'deadLetter', stage: 'apply', code: 'INVALID_EVENT', pointer: '/data/acme_email' };
  expect(await writer.hear([id])).toEqual([letter]);
  expect(await writer.hear([id])).toEqual([letter]);
  expect(writer.contacts.outcomes).toMatchObject([{ outcome: 'given-up', code: 'INVALID_EVENT' }]);
});

test('a mass delete stops at its count; an accept lets through what waits and no more, and nothing is lost', async () => {
  const writer = await startWriter({ brakeCount: 5 });
  const ids = Array.from({ length: 12 }, (_, index) => known(writer, `acme-${index}`));
  for (const id of ids) writer.contacts.remove(id);
  const deleted = () => [...writer.acme.contacts.values()].filter((contact) => contact.deleted).length;
  const before = Date.now() - 1;

  await expect(writer.hear(ids, before)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect(deleted()).toBe(5);
  const edited = known(writer, 'acme-edited');
  writer.contacts.edit(edited, { acme_title: 'Countess' });
  await expect(writer.hear([edited], before)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });

  expect(await writer.brake.accept()).toBe(true);
  await writer.hear(ids, before);
  await writer.hear([edited], before);
  expect(deleted()).toBe(12);
  expect(recordOf(writer, 'acme-edited')).toMatchObject({ acme_title: 'Countess' });

  const later = Array.from({ length: 7 }, (_, index) => known(writer, `acme-later-${index}`));
  for (const id of later) writer.contacts.remove(id);
  await expect(writer.hear(later, Date.now() + 1_000)).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
  });
  expect(deleted()).toBe(17);
});

test('deletions that AcmeCRM tells instead of taking our writes count for the brake as well', async () => {
  const writer = await startWriter({ brakeCount: 5 });
  const ids = Array.from({ length: 12 }, (_, index) => known(writer, `acme-${index}`));
  for (const [index, id] of ids.entries()) {
    writer.contacts.edit(id, { acme_title: 'Countess' });
    writer.acme.remove(`acme-${index}`);
  }

  await expect(writer.hear(ids)).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });

  expect(writer.contacts.applied).toHaveLength(5);
});
