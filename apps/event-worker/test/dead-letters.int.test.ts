import { randomInt, randomUUID } from 'node:crypto';
import { contactIdOfAcme, emptyContactFields } from '@contact-sync/domain';
import {
  acmeContactUpdated,
  contactSyncLadder,
  deadLetterTopic,
  integrationContactUpdated,
  type QuarantinedDelivery,
  writeBackLadder,
} from '@contact-sync/kafka';
import { acmeContact, acmeEvent, eventually, sourceEvent } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { eraseLetters } from '../src/letters/erase-letters.ts';
import { startLetters } from './support/letter-system.ts';
import { letterId, letterRecord } from './support/letters.ts';
import { connectCodec } from './support/servers.ts';

const dlt = deadLetterTopic('acme.contact.updated.v1');
const tier = contactSyncLadder.tiers[0].topic;

/** Offsets that no other test has. */
const ownOffsets = (count: number): number[] => {
  const first = randomInt(1, 2 ** 46);
  return Array.from({ length: count }, (_, index) => first + index);
};

const ownEvent = () => sourceEvent(acmeEvent(acmeContact(1, { id: randomUUID() })));

const encoded = async (event: object) => {
  const codec = connectCodec();
  await codec.prepare([acmeContactUpdated]);
  return codec.encode(acmeContactUpdated, event as never);
};

const delivery = (changes: Partial<QuarantinedDelivery> = {}): QuarantinedDelivery => ({
  quarantineId: randomUUID(),
  receivedAt: '2026-11-28T09:00:00.000Z',
  source: 'acmecrm',
  reason: 'INVALID_BODY',
  errors: [{ pointer: '/data/acme_email', detail: 'must be a string' }],
  body: Buffer.from('{"id":"evt_q"}'),
  eventId: 'evt_q',
  secretId: 'acme-1',
  headers: {},
  ...changes,
});

/** Open letters of one cause, in the order of one key. */
const setUp = async (count: number) => {
  const system = await startLetters();
  const fingerprint = randomUUID().slice(0, 16);
  const key = randomUUID();
  const offsets = ownOffsets(count);
  await system.send(
    ...offsets.map((offset) =>
      letterRecord(dlt, { offset, key, fingerprint, value: Buffer.from(`v${offset}`) }),
    ),
  );
  const ids = offsets.map(letterId);
  await system.indexed(...ids);
  const select = { filter: { fingerprint } };
  const start = (more: object = {}, idempotencyKey?: string) =>
    system.call('POST', '/replays', { select, reason: 'mended', ...more }, idempotencyKey);
  const states = async () => {
    const found = await Promise.all(ids.map((id) => system.call('GET', `/${id}`)));
    return found.map((answer) => answer.json().letter.state);
  };
  const inTier = async () => {
    const bounds = await system.letters.reader.bounds([tier]);
    const slices = [];
    for (const { topic, partition, first, end } of bounds) {
      let offset = first;
      while (BigInt(offset) < BigInt(end)) {
        const [slice] = await system.letters.reader.read([{ topic, partition, offset }]);
        if (slice === undefined || slice.next === offset) break;
        slices.push(...slice.records);
        offset = slice.next;
      }
    }
    return slices.filter((record) => String(record.key) === key);
  };
  return { ...system, fingerprint, key, offsets, ids, select, start, states, inTier };
};

describe('dead letters', () => {
  it('are listed page by page, counted by cause, and shown with bytes, headers, event and contact', async () => {
    const { call, send, indexed, peers, fingerprint, ids } = await setUp(3);
    const event = ownEvent();
    const [offset = 0] = ownOffsets(1);
    const value = await encoded({ ...event, eventType: 'contact.updated' });
    await send(
      letterRecord(dlt, { offset, key: event.contactId, value, fingerprint, code: 'MAPPING_FAILED' }),
    );
    await indexed(letterId(offset));
    const first = await call('GET', `?fingerprint=${fingerprint}&limit=3`);
    expect(first.json().items).toHaveLength(3);
    const rest = await call('GET', `?fingerprint=${fingerprint}&limit=3&cursor=${first.json().nextCursor}`);
    const listed = [...first.json().items, ...rest.json().items].map(({ id }: { id: string }) => id);
    expect(listed.toSorted()).toEqual([...ids, letterId(offset)].toSorted());
    const groups = await call('GET', '/groups?limit=100');
    expect(groups.json().groups).toContainEqual(expect.objectContaining({ fingerprint, count: 4 }));

    peers.contact = { id: event.contactId, firstName: 'Ada' };
    const shown = (await call('GET', `/${letterId(offset)}`)).json();
    expect(shown).toMatchObject({
      letter: { state: 'open', code: 'MAPPING_FAILED', contactId: event.contactId },
      gone: false,
      value: { base64: value.toString('base64'), size: value.length },
      decoded: { eventId: event.eventId, data: event.data },
      contact: { firstName: 'Ada' },
    });
    expect(shown.headers).toContainEqual({ name: 'x-code', value: 'MAPPING_FAILED' });
    const poison = (await call('GET', `/${ids[0]}`)).json();
    expect(poison).toMatchObject({ undecodable: 'UNDECODABLE', letter: { id: ids[0] } });
    expect((await call('GET', '/no-0-0')).statusCode).toBe(404);
    expect((await call('GET', '?cursor=bm8')).json().code).toBe('INVALID_CURSOR');
  });

  it('are replayed into the first tier in the order of their key, with their first place and one replay more', async () => {
    const { start, work, states, inTier, offsets, call, paced } = await setUp(25);
    const begun = await start();
    expect(begun.statusCode).toBe(202);
    await work();
    const sent = await inTier();
    expect(sent.map(({ value }) => String(value))).toEqual(offsets.map((offset) => `v${offset}`));
    expect(sent[0]?.headers).toMatchObject({
      'x-original-topic': Buffer.from('acme.contact.updated.v1'),
      'x-original-offset': Buffer.from(String(offsets[0])),
      'replay-id': Buffer.from(begun.json().id),
      'replay-count': Buffer.from('1'),
    });
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('x-code');
    // Nothing comes live, so it is the least rate.
    expect(paced).toEqual([
      { count: 10, perSecond: 10 },
      { count: 10, perSecond: 10 },
    ]);
    const replay = (await call('GET', `/replays/${begun.json().id}`)).json();
    expect(replay).toMatchObject({
      state: 'done',
      progress: { planned: 25, sent: 25, parked: 0, returned: 0 },
    });
    await eventually(async () => expect(new Set(await states())).toEqual(new Set(['replayed'])));
  });

  it('are replayed once, however often the same request is sent', async () => {
    const { start, work, inTier } = await setUp(2);
    const key = randomUUID();
    const first = await start({}, key);
    const second = await start({}, key);
    expect(second.json()).toEqual(first.json());
    await work();
    await start({}, key);
    await work();
    expect(await inTier()).toHaveLength(2);
    const other = await start({ ratePerSecond: 5 }, key);
    expect([other.statusCode, other.json().code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('come back with one replay more, are told with it, and are parked after three', async () => {
    const { start, work, states, inTier, send, call, key, offsets, fingerprint } = await setUp(1);
    const { id } = (await start()).json();
    await work();
    await eventually(async () => expect(await states()).toEqual(['replayed']));
    const back = (count: number, replayId: string) =>
      send(
        letterRecord(dlt, {
          offset: offsets[0] ?? 0,
          key,
          fingerprint,
          headers: { 'replay-count': String(count), 'replay-id': replayId },
        }),
      );
    await back(1, id);
    await eventually(async () => expect(await states()).toEqual(['open']));
    expect((await call('GET', `/replays/${id}`)).json().progress).toMatchObject({ sent: 1, returned: 1 });
    await back(3, id);
    await eventually(async () => expect(await states()).toEqual(['parked']));
    const again = (await start()).json();
    await work();
    expect((await call('GET', `/replays/${again.id}`)).json().progress).toMatchObject({ sent: 0, parked: 1 });
    expect(await inTier()).toHaveLength(1);
  });

  it('that became letters after a replay was asked for are none of its', async () => {
    const { start, work, inTier, send, indexed, key, fingerprint } = await setUp(1);
    await start();
    const [offset = 0] = ownOffsets(1);
    await send(letterRecord(dlt, { offset, key, fingerprint }));
    await indexed(letterId(offset));
    await work();
    expect(await inTier()).toHaveLength(1);
  });

  it('stay where they are from the page on at which a replay is cancelled', async () => {
    const { start, replayStep, work, inTier, call } = await setUp(25);
    const { id } = (await start()).json();
    await replayStep();
    await replayStep();
    const cancelled = await call('DELETE', `/replays/${id}`);
    expect(cancelled.json()).toMatchObject({ state: 'cancelled' });
    await work();
    expect(await inTier()).toHaveLength(10);
    expect((await call('GET', `/replays/${id}`)).json()).toMatchObject({
      state: 'cancelled',
      progress: { planned: 25, sent: 10 },
    });
    expect((await call('DELETE', `/replays/${randomUUID()}`)).statusCode).toBe(404);
  });

  it('are tried dry, one outcome each, with what would change, and nothing is sent or decided', async () => {
    const { call, send, indexed, peers, inTier, select, fingerprint, ids, key } = await setUp(1);
    const event = { ...ownEvent(), eventType: 'contact.updated' };
    const [applies = 0, superseded = 0, parked = 0] = ownOffsets(3);
    const value = await encoded(event);
    await send(
      letterRecord(dlt, { offset: applies, key, value, fingerprint }),
      letterRecord(dlt, {
        offset: superseded,
        key,
        value: await encoded({ ...event, eventId: 'old' }),
        fingerprint,
      }),
      letterRecord(dlt, { offset: parked, key, value, fingerprint, headers: { 'replay-count': '3' } }),
    );
    await indexed(...[applies, superseded, parked].map(letterId));
    peers.dryRun = ({ eventId }) =>
      eventId === 'old'
        ? { eventId, fate: 'superseded' }
        : { eventId, fate: 'applied', version: 2, changes: [{ field: 'title', from: null, to: 'Countess' }] };
    const answer = await call('POST', '/dry-run', { select });
    expect(answer.json().items).toMatchObject([
      { id: ids[0], outcome: 'fails', code: 'UNDECODABLE', retryable: false },
      {
        id: letterId(applies),
        outcome: 'applied',
        version: 2,
        changes: [{ field: 'title', to: 'Countess' }],
      },
      { id: letterId(superseded), outcome: 'superseded' },
      { id: letterId(parked), outcome: 'parked' },
    ]);
    const byId = await call('POST', '/dry-run', {
      select: { ids: [letterId(superseded), ids[0]] },
      limit: 1,
    });
    expect(byId.json()).toMatchObject({ items: [{ id: ids[0] }], nextCursor: expect.any(String) });
    expect(await inTier()).toEqual([]);
  });

  it('are discarded for a reason that is kept, with who and when', async () => {
    const { call, select, states, ids } = await setUp(3);
    const answer = await call('POST', '/discard', { select, reason: 'of the trial' });
    expect(answer.json()).toEqual({ discarded: 3, more: false });
    expect(await states()).toEqual(['discarded', 'discarded', 'discarded']);
    const shown = (await call('GET', `/${ids[0]}`)).json().letter.decision;
    expect(shown).toMatchObject({
      kind: 'discarded',
      reason: 'of the trial',
      by: 'user:0196f5a0-0000-7000-8000-000000000001',
    });
    expect((await call('GET', '/audit')).json().items[0]).toMatchObject({
      action: 'discard',
      reason: 'of the trial',
      letters: 3,
    });
    expect((await call('POST', '/discard', { select, reason: 'again' })).json().discarded).toBe(0);
    expect((await call('POST', '/discard', { select, reason: ' ' })).statusCode).toBe(400);
  });

  it('are found again after the index was made anew', async () => {
    const { call, select, states, indexed, ids } = await setUp(2);
    await call('POST', '/discard', { select: { ids: [ids[0]] }, reason: 'known' });
    const before = await states();
    expect((await call('POST', '/rebuild')).statusCode).toBe(202);
    await indexed(...ids);
    await eventually(async () => expect(await states()).toEqual(before));
    await eventually(async () => expect((await call('GET', '/groups')).json().behind).toBe(0));
    expect((await call('POST', '/dry-run', { select })).json().items).toHaveLength(1);
  });

  it('of an erased contact leave the index for good, whatever state they were in', async () => {
    const { letters, call, key, ids, indexed } = await setUp(3);
    await call('POST', '/discard', { select: { ids: [ids[0]] }, reason: 'known' });
    expect(await eraseLetters(letters, key)).toBe(3);
    const statusOf = async (id: string) => (await call('GET', `/${id}`)).statusCode;
    expect(await Promise.all(ids.map(statusOf))).toEqual([404, 404, 404]);
    expect((await call('GET', `?contactId=${key}`)).json().items).toEqual([]);
    await call('POST', '/rebuild');
    await indexed(...ids);
    await eventually(async () => expect((await call('GET', '/groups')).json().behind).toBe(0));
    expect(await Promise.all(ids.map(statusOf))).toEqual([404, 404, 404]);
    expect(await eraseLetters(letters, key)).toBe(0);
  });

  it.each([
    ['nobody', () => undefined, 401],
    ['an editor', 'editor', 403],
    ['a viewer', 'viewer', 403],
  ] as const)('are closed to %s', async (_, role, status) => {
    const { app, issuer } = await startLetters();
    const token = typeof role === 'string' ? issuer.userToken(role) : undefined;
    const answer = await app.inject({
      url: '/api/v1/dead-letters',
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    });
    expect(answer.statusCode).toBe(status);
  });
});

describe('letters of what could not be written to AcmeCRM', () => {
  const changed = 'integration.contact.updated.v1';

  const change = async (contactId: string) => {
    const codec = connectCodec();
    await codec.prepare([integrationContactUpdated]);
    const at = '2026-11-28T09:00:00.000Z';
    const data = {
      ...{ id: contactId, firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com', version: 2 },
      ...emptyContactFields,
      ...({ source: 'api', sourceId: null, createdAt: at, updatedAt: at } as const),
    };
    const head = { eventId: `evt-${contactId}`, eventType: 'contact.updated', occurredAt: at } as const;
    return codec.encode(integrationContactUpdated, { ...head, contactId, version: 2, data });
  };

  it('are shown with the change, tried dry by what would be written now, and go back to the writer’s tier', async () => {
    const system = await startLetters();
    const [offset = 0] = ownOffsets(1);
    const contactId = randomUUID();
    const value = await change(contactId);
    const letter = { offset, key: contactId, topic: changed, code: 'ACME_REFUSED', value };
    await system.send(letterRecord(deadLetterTopic(changed), letter));
    const id = `${changed}-3-${offset}`;
    await system.indexed(id);
    const select = { ids: [id] };

    const shown = (await system.call('GET', `/${id}`)).json();
    expect(shown.letter).toMatchObject({ code: 'ACME_REFUSED', contactId });
    expect(shown.decoded).toMatchObject({ eventId: `evt-${contactId}`, version: 2 });
    system.peers.plan = (planned) => ({
      kind: 'held',
      id: planned,
      version: 2,
      why: 'refused',
      code: 'ACME_REFUSED',
    });
    const tried = (await system.call('POST', '/dry-run', { select })).json();
    expect(tried.items).toMatchObject([{ outcome: 'fails', code: 'ACME_REFUSED', contactId }]);

    await system.call('POST', '/replays', { select, reason: 'mended' });
    await system.work();
    const waiting = writeBackLadder.tiers[0].topic;
    await eventually(async () => {
      const bounds = await system.letters.reader.bounds([waiting]);
      const places = bounds.map(({ topic, partition, first }) => ({ topic, partition, offset: first }));
      const slices = await system.letters.reader.read(places);
      return slices.flatMap(({ records }) => records).some((record) => String(record.key) === contactId);
    });
  });
});

describe('quarantined deliveries', () => {
  const quarantined = async (changes?: Partial<QuarantinedDelivery>) => {
    const system = await startLetters();
    const { topic, partition, offset } = await system.quarantine(delivery(changes));
    const id = `${topic}-${partition}-${offset}`;
    await system.indexed(id);
    const letter = async () => (await system.call('GET', `/${id}`)).json();
    const replay = async () => {
      const begun = await system.call('POST', '/replays', { select: { ids: [id] }, reason: 'schema mended' });
      await system.work();
      return (await system.call('GET', `/replays/${begun.json().id}`)).json().progress;
    };
    return { ...system, id, letter, replay };
  };

  it('are letters too, with what was wrong and the bytes as they came', async () => {
    const { letter } = await quarantined();
    expect(await letter()).toMatchObject({
      letter: { kind: 'quarantined', state: 'open', code: 'INVALID_BODY', pointer: '/data/acme_email' },
      decoded: { body: '{"id":"evt_q"}', secretId: 'acme-1' },
    });
  });

  it('are replayed through ingest, with their secret and when they came first', async () => {
    const { replay, letter, peers } = await quarantined();
    expect(await replay()).toMatchObject({ planned: 1, sent: 1, refused: 0 });
    expect(peers.deliveries).toMatchObject([
      { dryRun: false, delivery: { receivedAt: '2026-11-28T09:00:00.000Z', secretId: 'acme-1' } },
    ]);
    await eventually(async () => expect((await letter()).letter.state).toBe('replayed'));
  });

  it('that are refused again stay open with one replay more, and are parked after three', async () => {
    const { replay, letter, peers } = await quarantined();
    peers.replay = () => [{ status: 'refused', code: 'INVALID_BODY' }];
    for (const [replays, state] of [
      [1, 'open'],
      [2, 'open'],
      [3, 'parked'],
    ] as const) {
      expect(await replay()).toMatchObject({ sent: 0, refused: 1 });
      await eventually(async () => expect((await letter()).letter).toMatchObject({ replays, state }));
    }
    expect(await replay()).toMatchObject({ refused: 0, parked: 1 });
    expect(peers.deliveries).toHaveLength(3);
  });

  it('are tried dry as far as the contact: ingest judges, contact-service decides', async () => {
    const { call, peers, id } = await quarantined();
    const event = ownEvent();
    peers.replay = () => [{ eventId: event.eventId, status: 'accepted', event }];
    peers.dryRun = ({ eventId }) => ({ eventId, code: 'VERSION_CONFLICT', retryable: false });
    const dry = async () => (await call('POST', '/dry-run', { select: { ids: [id] } })).json().items;
    expect(await dry()).toMatchObject([{ id, outcome: 'fails', code: 'VERSION_CONFLICT' }]);
    peers.replay = () => [{ status: 'refused', code: 'INVALID_BODY', pointer: '/data/acme_email' }];
    expect(await dry()).toMatchObject([{ outcome: 'fails', pointer: '/data/acme_email' }]);
    expect(peers.deliveries.map(({ dryRun }) => dryRun)).toEqual([true, true]);
  });

  it('whose contact can be read from their bytes are found, and erased, by it', async () => {
    const acmeId = randomUUID();
    const body = Buffer.from(JSON.stringify({ id: 'evt_q', data: { id: acmeId, acme_email: 7 } }));
    const { call, letters, id } = await quarantined({ body });
    const contactId = contactIdOfAcme(acmeId);
    expect((await call('GET', `?contactId=${contactId}`)).json().items).toMatchObject([{ id }]);
    expect(await eraseLetters(letters, contactId)).toBe(1);
    expect((await call('GET', `/${id}`)).statusCode).toBe(404);
  });
});
