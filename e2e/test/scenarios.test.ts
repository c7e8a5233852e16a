import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../scenarios/door.ts';
import { playRun } from '../scenarios/play.ts';
import { tamperWith } from '../scenarios/tamper.ts';
import { type System, startSystem } from '../src/system.ts';

let door: Door;
let system: System;
let api: Client;

beforeAll(async () => {
  door = await openDoor();
  system = await startSystem({ 'webhook-simulator': { INGEST_URL: door.url } });
  door.leadTo(system.ingestUrl);
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await door?.[Symbol.asyncDispose]();
});

/** Everything that QA plays, beside each other; those of large bodies in small numbers. */
const mix = [
  ...['steady', 'burst', 'duplicates', 'reordered', 'delayed', 'dropped-then-redelivered'],
  ...['delete-before-create', 'update-storm', 'mass-delete', 'local-edits', 'poison'],
  ...['wrong-secret', 'rotated-secret', 'wrong-timestamps', 'tampered-body'],
  ...['malformed-json', 'schema-invalid', 'oversize', 'unknown-event-type', 'arrays-with-a-bad-item'],
  ...['unknown-fields', 'unicode-and-naughty-strings', 'odd-formats', 'big-notes-and-many-custom-fields'],
  ...['slow-sender', 'connection-reset', 'outage-drill'],
];

type Sent = { readonly eventId: string; readonly acmeId: string; readonly version: number };

const sentOf = (body: string): Sent => {
  const { id, data } = JSON.parse(body) as { id: string; data: { id: string; acme_version: number } };
  return { eventId: id, acmeId: data.id, version: data.acme_version };
};

describe('a run of the simulator', () => {
  it('finds all scenarios beside each other as they ought to end', async () => {
    const verdict = await playRun(api, {
      scenarios: mix.map((name) => ({ name })),
      count: 8,
      ratePerSecond: 8,
      seed: 1,
    });
    const wrong = verdict.scenarios.filter(({ ok }) => !ok);
    const { lost, doubled, unexpected, unverified } = verdict;
    expect({ wrong, lost, doubled, unexpected, unverified }).toEqual({
      wrong: [],
      lost: [],
      doubled: [],
      unexpected: [],
      unverified: [],
    });
    expect(verdict.ok).toBe(true);
    expect(verdict.scenarios.map(({ name }) => name)).toEqual(mix);
    expect(verdict.refused.every(({ planted }) => planted)).toBe(true);
  });

  it('names a loss, a double and a wrong field that were planted behind its back, and nothing else', async () => {
    await using tamper = tamperWith(system.redisUrl);
    const sent: Sent[] = [];
    const last = Promise.withResolvers<Sent>();
    const planted = Promise.withResolvers<void>();
    // The last delivery is lost, and its answer waits until the rest is planted: nobody has judged anything by then.
    door.decideBy(async (body) => {
      const delivery = sentOf(body);
      sent.push(delivery);
      if (sent.length < 6) return 'pass';
      last.resolve(delivery);
      await planted.promise;
      return 'lie';
    });
    const playing = playRun(api, {
      // Three contacts are made, then each is changed.
      scenarios: [{ name: 'unknown-fields', count: 6, ratePerSecond: 4 }],
      settleTimeoutSeconds: 3,
      seed: 3,
    });
    const lost = await last.promise;
    const contacts = [...new Set(sent.map(({ acmeId }) => acmeId))].filter((id) => id !== lost.acmeId);
    const [doubled = '', wrong = ''] = contacts.map(contactIdOfAcme);
    const shows = (id: string) => api.getHistory({ params: { id }, query: { limit: 10 } });
    await eventually(async () => {
      for (const id of [doubled, wrong]) expect((await shows(id)).body.items).toHaveLength(2);
    });
    await tamper.doubleNewest(doubled);
    await tamper.setField(wrong, 'lastName', 'Planted');
    planted.resolve();
    const verdict = await playing;
    const scenario = 'unknown-fields';
    const eventIdOf = (id: string) =>
      sent.find(({ acmeId, version }) => contactIdOfAcme(acmeId) === id && version === 2)?.eventId;
    const finding = (contactId: string, code: string, detail: string) => ({
      contactId,
      code,
      detail,
      scenario,
      eventIds: [eventIdOf(contactId)],
    });
    const lostId = contactIdOfAcme(lost.acmeId);
    expect(verdict).toMatchObject({ ok: false, unexpected: [], unverified: [] });
    expect(new Set(verdict.lost)).toEqual(
      new Set([
        finding(lostId, 'VERSION_BEHIND', 'version 1'),
        finding(lostId, 'NO_HISTORY_ENTRY', 'version 2'),
        finding(wrong, 'CONTACT_DIFFERS', 'lastName'),
      ]),
    );
    expect(new Set(verdict.doubled)).toEqual(
      new Set([
        finding(doubled, 'TWO_HISTORY_ENTRIES', 'version 2'),
        finding(doubled, 'TWO_OUTGOING_EVENTS', 'version 2'),
      ]),
    );
  });
});
