import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { runOps } from '../src/ops.ts';
import { deleteKeys } from '../src/redis-keys.ts';
import { type System, startSystem } from '../src/system.ts';

/** A mapping that has forgotten leads, or has not. */
const mapping = (entries: object) =>
  JSON.stringify({
    version: 1,
    pairs: [{ acme: '/acme_status', contact: '/status', transform: { kind: 'table', entries } }],
  });
const known = { Active: 'active', Inactive: 'inactive' };

let system: System;
let api: Client;
let folder: string;
let startedAt: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mapping-'));
  const MAPPING_FILE = join(folder, 'mapping.json');
  await writeFile(MAPPING_FILE, mapping(known));
  system = await startSystem({ 'contact-service': { MAPPING_FILE } });
  startedAt = new Date().toISOString();
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const contactOf = (acmeId: string) => ({ id: contactIdOfAcme(acmeId) });

const send = async (events: readonly object[]) => {
  const answer = await postWebhook(system.ingestUrl, {
    secret: system.acmeSecret,
    body: JSON.stringify(events),
  });
  expect(answer.status).toBe(202);
};

const eventsOf = (count: number, status: 'Active' | 'Lead') =>
  Array.from({ length: count }, (_, index) =>
    acmeEvent(acmeContact(index + 1, { id: `acme-${randomUUID()}`, acme_status: status, acme_version: 1 })),
  );

const ops = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await runOps(system, ...args);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
};

const shows = (acmeId: string) =>
  eventually(async () => (await api.getContact({ params: contactOf(acmeId) })).body, { timeoutMs: 60_000 });

describe('a poison batch', () => {
  const good = eventsOf(20, 'Active');
  const poison = eventsOf(8, 'Lead');
  const idsOf = (events: typeof poison) => events.map(({ data }) => data.id);
  let fingerprint: string;

  it('is found by its cause, while everything beside it is applied', async () => {
    await send(good);
    await Promise.all(idsOf(good).map(shows));
    await send(poison);
    const group = await eventually(
      async () => {
        const { groups } = (await ops('dead-letters', 'groups', '--json')).json();
        expect(groups).toContainEqual(expect.objectContaining({ code: 'MAPPING_FAILED', count: 8 }));
        return groups.find(({ code }: { code: string }) => code === 'MAPPING_FAILED');
      },
      { timeoutMs: 60_000 },
    );
    expect(group.pointer).toMatch(/acme_status/);
    fingerprint = group.fingerprint;
  });

  it('is understood by one of its letters, and a dry run says that it would fail again', async () => {
    const [letter] = (await ops('dead-letters', 'list', '--fingerprint', fingerprint, '--json')).json();
    const shown = await ops('dead-letters', 'show', letter.id);
    expect(shown.stdout).toContain('"acme_status": "Lead"');
    expect(shown.stdout).toContain('The contact now\n  null');
    const dry = (await ops('dead-letters', 'dry-run', '--fingerprint', fingerprint, '--json')).json();
    expect(dry.counts).toEqual({ fails: 8 });
  });

  it('is mended, tried dry, replayed, and then every contact is there once', async () => {
    await writeFile(join(folder, 'mapping.json'), mapping({ ...known, Lead: 'lead' }));
    await system.processes['contact-service'].restart();
    const dry = await eventually(
      async () => {
        const answer = await ops('dead-letters', 'dry-run', '--fingerprint', fingerprint, '--json');
        expect(answer.code, answer.stderr).toBe(0);
        return answer.json();
      },
      { timeoutMs: 60_000 },
    );
    expect(dry.counts).toEqual({ applied: 8 });
    expect(dry.items[0].changes).toContainEqual({ field: 'status', from: null, to: 'lead' });

    const args = ['--fingerprint', fingerprint, '--reason', 'leads are mapped', '--rate', '100'];
    const replayed = await ops('dead-letters', 'replay', ...args);
    expect(replayed.code, replayed.stderr).toBe(0);
    expect(replayed.stdout).toContain('done: 8 of 8 sent');
    for (const contact of await Promise.all(idsOf(poison).map(shows))) {
      expect(contact).toMatchObject({ status: 'lead', version: 1 });
    }
    const [first] = poison;
    const { body } = await api.getHistory({ params: contactOf(first?.data.id ?? ''), query: { limit: 100 } });
    expect(body.items.map(({ sourceEventId }) => sourceEventId)).toEqual([first?.id]);
    await eventually(async () => {
      const { groups } = (await ops('dead-letters', 'groups', '--json')).json();
      expect(groups.map((group: { fingerprint: string }) => group.fingerprint)).not.toContain(fingerprint);
    });
    const audit = (await ops('dead-letters', 'audit', '--json')).json();
    expect(audit[0]).toMatchObject({ action: 'replay', reason: 'leads are mapped' });
  });
});

describe('a quarantined item', () => {
  it('is tried dry through ingest, and discarded for a reason', async () => {
    const [good, bad] = [eventsOf(1, 'Active')[0], eventsOf(1, 'Active')[0]];
    await send([good ?? {}, { ...bad, data: { ...bad?.data, acme_email: 7 } }]);
    const eventId = bad?.id ?? '';
    const letters = await eventually(async () => {
      const found = (await ops('dead-letters', 'list', '--event', eventId, '--json')).json();
      expect(found).toMatchObject([{ kind: 'quarantined', code: 'INVALID_BODY' }]);
      return found;
    });
    const dry = (await ops('dead-letters', 'dry-run', '--id', letters[0].id, '--json')).json();
    expect(dry.items).toMatchObject([{ outcome: 'fails', pointer: '/data/acme_email' }]);
    const discarded = await ops('dead-letters', 'discard', '--id', letters[0].id, '--reason', 'their bug');
    expect(discarded.stdout).toBe('1 letters discarded.\n');
    expect((await ops('dead-letters', 'list', '--event', eventId, '--json')).json()).toMatchObject([]);
  });
});

describe('a loss of contacts', () => {
  it('is healed by a rewind: they are there again, above the versions that others were told of', async () => {
    const [event] = eventsOf(1, 'Active');
    const acmeId = event?.data.id ?? '';
    await send([event ?? {}]);
    await shows(acmeId);
    await deleteKeys(system.redisUrl, ['acme:*', 'integration:*']);
    const dry = (await ops('rewind', '--to', startedAt, '--dry-run', '--json')).json();
    expect(dry.progress).toMatchObject({ failed: 0, read: dry.progress.planned });
    expect(dry.progress.applied).toBeGreaterThan(0);
    const done = await ops('rewind', '--to', startedAt, '--json');
    expect(done.code, done.stderr).toBe(0);
    expect(done.json().progress.lifted).toBeGreaterThan(0);
    const { body } = await api.getContact(
      { params: contactOf(acmeId) },
      { headers: { 'cache-control': 'no-cache' } },
    );
    expect(body).toMatchObject({ sourceId: acmeId, version: 2 });
  });
});
