import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../scenarios/door.ts';
import { playRun } from '../scenarios/play.ts';
import { simulateCommand } from '../scenarios/simulate-command.ts';
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
        finding(lostId, 'NO_FATE', 'version 2'),
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

describe("AcmeCRM's API, as the simulator serves it", () => {
  const acme = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${system.urls['webhook-simulator']}/acme/v1/contacts${path}`, {
      method,
      headers: {
        authorization: `Bearer ${system.acmeApiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return (await response.json()) as { id: string; acme_version: number };
  };

  it('tells the platform of each change there by its webhook', async () => {
    door.decideBy(async () => 'pass');
    const { id } = await acme('POST', '', {
      acme_first_name: 'Ada',
      acme_last_name: 'Byron',
      acme_email: 'ada@example.com',
    });
    const params = { id: contactIdOfAcme(id) };
    const shows = (version: number, deleted: boolean) =>
      eventually(async () => {
        const { body } = await api.getAcmeRecord({ params });
        expect(body).toMatchObject({ sourceVersion: version, deleted });
      });
    await shows(1, false);
    await acme('PATCH', `/${id}`, { acme_last_name: 'Lovelace' });
    await shows(2, false);
    expect((await api.getContact({ params })).body).toMatchObject({ lastName: 'Lovelace' });
    await acme('DELETE', `/${id}`);
    await shows(3, true);
    const log = await eventually(async () => {
      const { items } = (await api.listDeliveries({ query: { acmeId: id } })).body;
      expect(items).toHaveLength(3);
      return items;
    });
    expect(log.map(({ state, attempts }) => [state, attempts.at(-1)?.status])).toEqual(
      log.map(() => ['accepted', 202]),
    );
  });
});

describe('the stream of the simulator', () => {
  it('comes through the gateway as it happens, event by event', async () => {
    const login = await api.logIn({ body: system.admin });
    const stop = new AbortController();
    const response = await fetch(`${system.gatewayUrl}/api/v1/simulator/stream`, {
      headers: {
        authorization: `Bearer ${login.body.accessToken}`,
        accept: 'text/event-stream',
        'accept-encoding': 'gzip, br',
      },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error('the answer has no body');
    let text = '';
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += value;
      }
    })().catch(() => undefined);
    await eventually(async () => expect(text).toContain(': welcome'));
    const sent = (await api.sendDelivery({ body: { body: '{"id":"evt_seen"}', fault: 'wrong-secret' } }))
      .body;
    // The stream goes on: what was sent after it began is there while it is open.
    await eventually(async () => expect(text).toContain(`id: ${sent.id}\nevent: delivery\n`));
    stop.abort();
    await reading;
  });
});

describe('npm run simulate against a running system', () => {
  const args = ['steady+wrong-secret', '--count', '8', '--rate', '16', '--settle', '3'];
  const resultOf = ({ lines }: { readonly lines: readonly string[] }) =>
    JSON.parse(lines.at(-1) ?? '') as unknown;

  it('ends with 0, its verdict as JSON on the last line and as JUnit XML', async () => {
    door.decideBy(async () => 'pass');
    const simulated = await simulateCommand(system, system.ingestUrl, args);
    expect(simulated.exitCode).toBe(0);
    expect(resultOf(simulated)).toMatchObject({
      ok: true,
      seed: 1,
      sent: 16,
      accepted: 12,
      refused: 4,
      scenarios: [
        { name: 'steady', ok: true },
        { name: 'wrong-secret', ok: true },
      ],
    });
    expect(simulated.junit).toContain('<testsuite name="simulate" tests="2" failures="0">');
  });

  it('ends with 1 where the system lost what it had taken, and names it', async () => {
    door.decideBy(async () => 'lie');
    const simulated = await simulateCommand(system, door.url, args);
    expect(simulated.exitCode).toBe(1);
    expect(resultOf(simulated)).toMatchObject({
      ok: false,
      findings: expect.arrayContaining([
        expect.objectContaining({ kind: 'lost', code: 'NOTHING_STORED', scenario: 'steady' }),
        expect.objectContaining({ kind: 'unexpected', code: 'PLANTED_ACCEPTED', scenario: 'wrong-secret' }),
      ]),
    });
    expect(simulated.junit).toContain('failures="2"');
  });
});
