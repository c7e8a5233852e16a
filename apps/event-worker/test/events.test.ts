import type { Receipt } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { fateRecord } from './fate-records.ts';
import { createTestApp } from './test-app.ts';

const contactId = fateRecord().contactId ?? '';
const { origin } = fateRecord();

const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
  contentHash: 'a'.repeat(64),
  receivedAt: '2026-11-24T09:30:01.000Z',
  ...origin,
  secretId: 'acme-1',
  contactId,
  sourceVersion: 7,
  ...changes,
});

const contentsOf = async (answer: Promise<{ json: () => { contents: readonly unknown[] } }>) =>
  (await answer).json().contents;

describe('GET /api/v1/events/{eventId}', () => {
  it('tells when an event came, who verified it, how often it came again, each attempt and the version that it made', async () => {
    const { store, accepted, get } = await createTestApp();
    const place = { topic: 'contact-sync.retry.1s', partition: 0, offset: '5' };
    const fault = { stage: 'apply', code: 'CONFLICT' };
    const { version: _, ...waited } = fateRecord({ outcome: 'retry', fault });
    await store.record([waited, fateRecord({ at: waited.at + 1_000, place })]);
    accepted.set('evt_1', [receipt({ duplicates: { count: 2, at: ['2026-11-24T09:31:00.000Z'] } })]);
    const answer = await get('/api/v1/events/evt_1');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      {
        eventId: 'evt_1',
        contents: [
          {
            source: 'acmecrm',
            contactId,
            eventType: 'contact.updated',
            sourceVersion: 7,
            fate: 'applied',
            settledAt: '2026-11-24T09:30:02.020Z',
            version: 3,
            knownFrom: 'record',
            received: [{ at: '2026-11-24T09:30:01.000Z', ...origin, secretId: 'acme-1' }],
            duplicates: { count: 2, at: ['2026-11-24T09:31:00.000Z'] },
            attempts: [
              { at: '2026-11-24T09:30:01.020Z', ...origin, outcome: 'retry', fault },
              { at: '2026-11-24T09:30:02.020Z', ...place, outcome: 'applied', version: 3 },
            ],
            replays: [],
          },
        ],
      },
    ]);
  });

  it('keeps the first fate of a content, whatever a repeat or a replay comes to later', async () => {
    const { store, get } = await createTestApp();
    const fault = { stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' };
    const { version: _, ...letter } = fateRecord({ outcome: 'dead_letter', fault });
    await store.record([letter, fateRecord({ replayId: 'replay-1', at: letter.at + 60_000 })]);
    expect(await contentsOf(get('/api/v1/events/evt_1'))).toMatchObject([
      {
        fate: 'dead_letter',
        settledAt: '2026-11-24T09:30:01.020Z',
        fault,
        deadLetterId: 'acme.contact.updated.v1-3-4711',
        attempts: [{ outcome: 'dead_letter' }],
        replays: [{ outcome: 'applied', version: 3, replayId: 'replay-1' }],
      },
    ]);
  });

  it('shows an entry for each content, with all receptions of one that ingest did not know again', async () => {
    const { store, accepted, get } = await createTestApp();
    const again = { ...origin, offset: '4712' };
    const other = { ...origin, offset: '4713' };
    await store.record([
      fateRecord(),
      fateRecord({ origin: again, outcome: 'duplicate' }),
      fateRecord({ content: 'content-2', origin: other, outcome: 'superseded' }),
    ]);
    accepted.set('evt_1', [receipt({ ...again }), receipt({ ...other, contentHash: 'b'.repeat(64) })]);
    expect(await contentsOf(get('/api/v1/events/evt_1'))).toMatchObject([
      { fate: 'applied', received: [{ offset: '4712' }, { offset: '4711' }] },
      { fate: 'superseded', received: [{ offset: '4713' }] },
    ]);
  });

  it('has no fate for an event that is under way', async () => {
    const { accepted, get } = await createTestApp();
    accepted.set('evt_1', [receipt({ receivedAt: new Date().toISOString() })]);
    const [content] = await contentsOf(get('/api/v1/events/evt_1'));
    expect(content).toMatchObject({ knownFrom: 'receipt', contactId, attempts: [] });
    expect(content).not.toHaveProperty('fate');
  });

  it('lets the contact tell of an event whose record has aged out', async () => {
    const { accepted, histories, get } = await createTestApp();
    histories.set(contactId, {
      sourceVersion: 7,
      isComplete: true,
      events: [
        { sequence: 1, eventId: 'evt_1', at: '2026-11-24T09:30:02.120Z', sourceVersion: 7, version: 1 },
      ],
    });
    accepted.set('evt_0', [receipt({ sourceVersion: 6 })]);
    expect(await contentsOf(get('/api/v1/events/evt_0'))).toMatchObject([
      { fate: 'superseded', knownFrom: 'history', received: [{ offset: '4711' }] },
    ]);
    const applied = { fate: 'applied', version: 1, sourceVersion: 7, knownFrom: 'history', received: [] };
    const url = `/api/v1/events/evt_1?contactId=${contactId.toUpperCase()}`;
    expect(await contentsOf(get(url))).toMatchObject([applied]);
    expect((await get('/api/v1/events/evt_1')).json().code).toBe('NOT_FOUND');
    expect((await get(`/api/v1/events/evt_9?contactId=${contactId}`)).statusCode).toBe(404);
  });

  it('takes an event that came long ago for one under way until its contact has taken its version', async () => {
    const { accepted, histories, get } = await createTestApp();
    histories.set(contactId, { sourceVersion: 6, isComplete: true, events: [] });
    accepted.set('evt_1', [receipt({ sourceVersion: 7 })]);
    const [content] = await contentsOf(get('/api/v1/events/evt_1'));
    expect(content).toMatchObject({ knownFrom: 'receipt' });
    expect(content).not.toHaveProperty('fate');
  });

  it('gives no fate where too little is kept to tell one', async () => {
    const { accepted, histories, get } = await createTestApp();
    histories.set(contactId, { sourceVersion: 9, isComplete: false, events: [] });
    accepted.set('evt_1', [receipt({ sourceVersion: 7 })]);
    const [content] = await contentsOf(get('/api/v1/events/evt_1'));
    expect(content).toMatchObject({ knownFrom: 'history' });
    expect(content).not.toHaveProperty('fate');
  });

  it('does not ask the contact of an event that came since when all records are kept', async () => {
    const { accepted, histories, get } = await createTestApp();
    histories.set(contactId, { sourceVersion: 9, isComplete: true, events: [] });
    accepted.set('evt_1', [receipt({ receivedAt: new Date().toISOString() })]);
    expect((await contentsOf(get('/api/v1/events/evt_1')))[0]).not.toHaveProperty('fate');
  });

  it('is found by an id that no path holds as well', async () => {
    const { store, get } = await createTestApp();
    const eventId = 'evt/../?#% {ä}\n';
    await store.record([fateRecord({ eventId })]);
    const answer = await get(`/api/v1/events?id=${encodeURIComponent(eventId)}`);
    expect([answer.statusCode, answer.json().eventId]).toEqual([200, eventId]);
  });

  it('is 404 for an event that nobody knows, and closed to who may not read events', async () => {
    const { get, issuer } = await createTestApp();
    const unknown = await get('/api/v1/events/evt_1');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'NOT_FOUND']);
    const stranger = await get('/api/v1/events/evt_1', issuer.machineToken(['contacts:read']));
    expect(stranger.statusCode).toBe(403);
  });

  it('says that verdicts are missing where ingest is away, and 503 where nothing else knows of the event', async () => {
    const { store, away, get } = await createTestApp();
    await store.record([fateRecord()]);
    away.add('ingest');
    expect((await get('/api/v1/events/evt_1')).json()).toMatchObject({
      incomplete: true,
      contents: [{ fate: 'applied', received: [{ ...origin, secretId: 'acme-1' }] }],
    });
    const unknown = await get('/api/v1/events/evt_2');
    expect([unknown.statusCode, unknown.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
  });

  it('is 503 with Retry-After while Redis is away', async () => {
    const { away, get, lookUp } = await createTestApp();
    away.add('redis');
    const answer = await get('/api/v1/events/evt_1');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'application/problem+json']);
    expect(answer.headers['retry-after']).toBeDefined();
    expect((await lookUp('evt_1')).statusCode).toBe(503);
  });
});

describe('POST /api/v1/events/lookup', () => {
  it('gives one result an id in their order, without contents for an event that nobody knows', async () => {
    const { store, lookUp } = await createTestApp();
    await store.record([fateRecord(), fateRecord({ eventId: 'evt_2', outcome: 'unchanged' })]);
    const answer = await lookUp('evt_2', 'evt_unknown', 'evt_1', 'evt_2');
    expect(answer.json().results).toMatchObject([
      { eventId: 'evt_2', contents: [{ fate: 'unchanged' }] },
      { eventId: 'evt_unknown', contents: [] },
      { eventId: 'evt_1', contents: [{ fate: 'applied' }] },
      { eventId: 'evt_2', contents: [{ fate: 'unchanged' }] },
    ]);
  });

  it('takes a hundred ids and not one more', async () => {
    const { lookUp } = await createTestApp();
    const ids = Array.from({ length: 101 }, (_, index) => `evt_${index}`);
    expect((await lookUp(...ids.slice(1))).statusCode).toBe(200);
    expect((await lookUp(...ids)).json().code).toBe('INVALID_BODY');
  });
});

describe('GET /api/v1/contacts/{id}/events', () => {
  const url = `/api/v1/contacts/${contactId}/events`;
  const keptEvent = (sequence: number) => ({
    sequence,
    eventId: `evt_${sequence}`,
    at: '2026-11-24T09:30:02.120Z',
    sourceVersion: sequence,
    version: sequence,
  });

  it('shows recorded events newest first, then those that only history knows, each once from page to page', async () => {
    const { store, accepted, histories, get } = await createTestApp();
    histories.set(contactId, { sourceVersion: 5, isComplete: true, events: [5, 4, 3, 2, 1].map(keptEvent) });
    await store.record([3, 4, 5].map((number) => fateRecord({ eventId: `evt_${number}` })));
    await store.record([fateRecord({ eventId: 'evt_late', outcome: 'superseded' })]);
    accepted.set('evt_5', [receipt({ duplicates: { count: 1, at: ['2026-11-24T09:31:00.000Z'] } })]);
    for (const limit of [1, 2, 3, 4, 5, 100]) {
      const met: { eventId: string; contents: readonly object[] }[] = [];
      let cursor: string | undefined;
      do {
        const page = (await get(`${url}?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`)).json();
        expect(page.items.length).toBeLessThanOrEqual(limit);
        met.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(met.map(({ eventId }) => eventId)).toEqual([
        'evt_late',
        'evt_5',
        'evt_4',
        'evt_3',
        'evt_2',
        'evt_1',
      ]);
      expect(met[1]?.contents).toMatchObject([{ knownFrom: 'record', duplicates: { count: 1 } }]);
      expect(met[5]?.contents).toMatchObject([{ knownFrom: 'history', fate: 'applied', version: 1 }]);
    }
  });

  it('gives what is recorded while contact-service is away, and asks it with the next page', async () => {
    const { store, away, get } = await createTestApp();
    await store.record([fateRecord()]);
    away.add('contact-service');
    const page = (await get(url)).json();
    expect(page.items).toHaveLength(1);
    expect((await get(`${url}?cursor=${page.nextCursor}`)).statusCode).toBe(503);
  });

  it('shows events that never came to a contact, and is 404 for a contact without any', async () => {
    const { store, get } = await createTestApp();
    expect((await get(url)).json().code).toBe('CONTACT_NOT_FOUND');
    await store.record([fateRecord({ outcome: 'dead_letter' })]);
    expect((await get(url)).json()).toMatchObject({ items: [{ contents: [{ fate: 'dead_letter' }] }] });
    expect((await get(url)).json()).not.toHaveProperty('nextCursor');
  });

  it('is an empty page for a contact that was made here', async () => {
    const { histories, get } = await createTestApp();
    histories.set(contactId, { isComplete: true, events: [] });
    expect((await get(url)).json()).toEqual({ items: [] });
  });

  it('takes no cursor that no page gave', async () => {
    const { get } = await createTestApp();
    for (const text of ['x1', 'r1x', 'r-1', 'h01', 'r1e3']) {
      const cursor = Buffer.from(text).toString('base64url');
      expect((await get(`${url}?cursor=${cursor}`)).json().code).toBe('INVALID_CURSOR');
    }
  });
});
