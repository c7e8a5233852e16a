import type { EventFate } from '@contact-sync/api-contracts';
import { type Client, createClient } from '@contact-sync/client';
import { everythingIn } from '@contact-sync/contact-service/testing';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeDeletion, acmeEvent, eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunSystem, runSystem } from '../run/run-system.ts';
import { postWebhook } from '../src/acme.ts';
import { runOps } from '../src/ops.ts';
import { openOutgoing } from '../src/outgoing-events.ts';
import { withRedis } from '../src/redis-keys.ts';

let system: RunSystem;
let api: Client;

beforeAll(async () => {
  system = await runSystem();
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
});

const send = (body: unknown) =>
  postWebhook(system.ingestUrl, { secret: system.acmeSecret, body: JSON.stringify(body) });

const acmeId = 'acme-fates';
const contactId = contactIdOfAcme(acmeId);

/** The contact at a version, of which only the title tells it from the others. */
const event = (id: string, version: number, title: string) =>
  acmeEvent(acmeContact(3, { id: acmeId, acme_version: version, acme_title: title }), { id });

const lookUp = async (ids: readonly string[]): Promise<readonly EventFate[]> =>
  (await api.lookUpEventFates({ body: { ids: [...ids] } })).body.results;

/** What became of events once each of their contents has a fate. */
const settled = (ids: readonly string[], contents = 1) =>
  eventually(async () => {
    const found = await lookUp(ids);
    for (const { contents: known } of found) {
      expect(known.length).toBeGreaterThanOrEqual(contents);
      for (const { fate } of known) expect(fate).toBeDefined();
    }
    return found;
  });

const fatesOf = (events: readonly EventFate[]) =>
  Object.fromEntries(events.map(({ eventId, contents }) => [eventId, contents.map(({ fate }) => fate)]));

describe('what became of events', () => {
  it('is one fate for each content that was answered 2xx, whatever it came to', async () => {
    await send(event('evt_first', 1, 'a'));
    await settled(['evt_first']);
    const refused = { ...event('evt_refused', 9, 'x'), timestamp: 'never' };
    const mixed = await send([event('evt_newest', 5, 'b'), refused]);
    expect(mixed.body).toMatchObject({ results: [{ status: 'accepted' }, { status: 'refused' }] });
    await settled(['evt_newest']);
    await send(event('evt_late', 3, 'c'));
    await send(event('evt_again', 5, 'b'));
    await send(event('evt_conflict', 5, 'd'));
    await send(event('evt_same', 6, 'b'));
    await settled(['evt_same', 'evt_conflict', 'evt_again']);
    expect((await send(event('evt_first', 1, 'a'))).body).toMatchObject({ duplicate: true });
    await send(event('evt_first', 7, 'e'));
    await settled(['evt_first'], 2);
    await send(acmeDeletion(acmeId, 8, { id: 'evt_gone' }));

    const ids = ['first', 'newest', 'refused', 'late', 'again', 'conflict', 'same', 'gone'];
    expect(fatesOf(await settled(ids.map((name) => `evt_${name}`)))).toEqual({
      evt_first: ['applied', 'applied'],
      evt_newest: ['applied'],
      evt_refused: ['dead_letter'],
      evt_late: ['superseded'],
      evt_again: ['duplicate'],
      evt_conflict: ['dead_letter'],
      evt_same: ['unchanged'],
      evt_gone: ['applied'],
    });
  });

  it('says where an event stands, which secret verified it, what it made, and when it came again', async () => {
    const { body } = await api.getEventFate({ params: { eventId: 'evt_first' } });
    expect(body.contents).toMatchObject([
      {
        contactId,
        sourceVersion: 1,
        version: 1,
        knownFrom: 'record',
        received: [{ topic: 'acme.contact.created.v1', secretId: 'acme-1' }],
        duplicates: { count: 1 },
        attempts: [{ topic: 'acme.contact.created.v1', outcome: 'applied', version: 1 }],
      },
      { sourceVersion: 7, version: 3 },
    ]);
  });

  it('says why an event made nothing', async () => {
    const [conflict, refused] = await lookUp(['evt_conflict', 'evt_refused']);
    expect(conflict?.contents).toMatchObject([
      {
        fault: { stage: 'apply', code: 'VERSION_CONFLICT', pointer: '/data/acme_version' },
        deadLetterId: expect.stringMatching(/^acme\.contact\.updated\.v1-\d+-\d+$/),
      },
    ]);
    expect(refused?.contents).toMatchObject([
      {
        fault: { stage: 'validate', code: 'INVALID_BODY', pointer: '/1/timestamp' },
        deadLetterId: expect.stringMatching(/^acme\.webhook\.quarantine\.v1-\d+-\d+$/),
      },
    ]);
  });

  it.each(['evt_plain', 'evt/of any?kind'])(
    'is found where the answer to the webhook says: %s',
    async (id) => {
      const { headers } = await send(event(id, 2, 'z'));
      await settled([id]);
      const { accessToken } = (await api.logIn({ body: system.admin })).body;
      const response = await fetch(`${system.gatewayUrl}${headers.get('location')}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      expect([response.status, await response.json()]).toMatchObject([200, { eventId: id }]);
    },
  );

  it('is listed by contact, newest first, from page to page', async () => {
    const met: string[] = [];
    for await (const { eventId } of api.each.listContactEvents({
      params: { id: contactId },
      query: { limit: 3 },
    })) {
      met.push(eventId);
    }
    expect(new Set(met).size).toBe(met.length);
    expect(met).toContain('evt_conflict');
    expect(met.indexOf('evt_gone')).toBeLessThan(met.indexOf('evt_newest'));
    expect(met.at(-1)).toBe('evt_first');
  });
});

describe('an erased person', () => {
  const traces = /zaphod|beeblebrox|867[- ]?5309|heart of gold/i;
  const personal = {
    id: 'acme-erased',
    acme_first_name: 'Zaphod',
    acme_last_name: 'Beeblebrox',
    acme_email: 'zaphod@example.com',
    acme_phone: '+1 415 867 5309',
    acme_notes: 'stole the Heart of Gold',
  };
  const id = contactIdOfAcme(personal.id);
  const told = (eventId: string, version: number, title = 'President') =>
    acmeEvent(acmeContact(4, { ...personal, acme_version: version, acme_title: title }), { id: eventId });

  const everywhere = () => withRedis(system.redisUrl, everythingIn);
  let outgoing: ReturnType<typeof openOutgoing>;
  beforeAll(() => {
    outgoing = openOutgoing(system.kafkaBrokers);
  });
  afterAll(() => outgoing?.close());

  it('stays so through a rewind: nothing of them is in Redis, and nothing is told to others', async () => {
    const startedAt = new Date().toISOString();
    const before = await outgoing.ends();
    await send(told('evt_person_1', 1));
    await settled(['evt_person_1']);
    await send(told('evt_person_2', 2, 'Zaphod himself'));
    await send(told('evt_person_3', 2, 'another Zaphod'));
    await settled(['evt_person_2', 'evt_person_3']);
    await api.patchContact({
      params: { id },
      body: { notes: 'gave the Heart of Gold back' },
      ifMatch: '*',
      idempotencyKey: 'of-the-erased',
    });
    expect(await everywhere()).toMatch(traces);
    await eventually(async () => expect(await outgoing.textSince(before)).toMatch(traces));

    await api.eraseContact({ params: { id } });
    await eventually(async () => expect(await everywhere()).not.toMatch(traces), { timeoutMs: 30_000 });
    const after = await outgoing.ends();

    const { code, stdout, stderr } = await runOps(system, 'rewind', '--to', startedAt, '--json');
    expect(code, stderr).toBe(0);
    const { progress } = JSON.parse(stdout);
    expect(progress).toMatchObject({ read: progress.planned, failed: 0 });
    expect(progress.superseded).toBeGreaterThanOrEqual(3);
    await send(told('evt_person_4', 9));
    expect(fatesOf(await settled(['evt_person_4']))).toEqual({ evt_person_4: ['superseded'] });

    expect(await everywhere()).not.toMatch(traces);
    expect(await outgoing.textSince(after)).not.toMatch(traces);
    await expect(api.getContact({ params: { id } })).rejects.toMatchObject({ status: 404 });
  });
});
