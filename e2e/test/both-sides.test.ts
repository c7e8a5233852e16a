import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { createRedis } from '@contact-sync/redis';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { acmeStoreOf } from '../src/acme-store.ts';
import { runOps } from '../src/ops.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let api: Client;
let acme: ReturnType<typeof acmeStoreOf>;

beforeAll(async () => {
  system = await startSystem(
    {
      'event-worker': {
        SWEEP_GRACE_SECONDS: '0',
        SWEEP_REQUESTS_PER_SECOND: '100',
        ACME_WRITES_PER_SECOND: '200',
      },
      'webhook-simulator': { ACME_REQUESTS_PER_SECOND: '2000' },
    },
    { bothWays: true },
  );
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  acme = acmeStoreOf(system);
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

type SweepBody = Parameters<Client['startSweep']>[0]['body'];

const sweepOf = async (id: string) => (await api.getSweep({ params: { id } })).body;

const done = (id: string) =>
  eventually(
    async () => {
      const sweep = await sweepOf(id);
      expect(sweep).toMatchObject({ state: 'done' });
      return sweep;
    },
    { timeoutMs: 120_000, intervalMs: 200 },
  );

const sweep = async (body: SweepBody) => done((await api.startSweep({ body })).body.id);

/** Until a full sweep finds nothing to say: what was published has been applied by then. */
const agreement = () =>
  eventually(
    async () => {
      const proof = await sweep({ full: true });
      expect(proof.findings).toEqual([]);
      expect(proof.agrees).toBe(true);
      return proof;
    },
    { timeoutMs: 120_000 },
  );

const behave = (conduct: Parameters<Client['setAcmeConduct']>[0]['body']['conduct']) =>
  api.setAcmeConduct({ body: { conduct, seconds: 600 } });

const shows = (acmeId: string, version: number) =>
  eventually(async () => {
    const { body } = await api.getAcmeRecord({ params: { id: contactIdOfAcme(acmeId) } });
    expect(body).toMatchObject({ sourceVersion: version });
  });

const imported = 600;
let ids: string[];

describe('a sweep', () => {
  it('imports what AcmeCRM has into an empty system, through a kill -9 of its process', async () => {
    await behave({ dropWebhooks: { drop: 1, of: 1 } });
    ids = await acme.fill(imported);
    const { id } = (await api.startSweep({ body: { ratePerSecond: 200 } })).body;
    await eventually(async () => expect((await sweepOf(id)).progress.read).toBeGreaterThan(0));
    await system.processes['event-worker'].kill('SIGKILL');
    await system.processes['event-worker'].restart();
    const { progress } = await done(id);
    expect(progress).toMatchObject({ read: imported, healed: 0, missedVersions: 0 });
    expect(progress.imported + progress.agreed).toBe(imported);
    const { progress: proof } = await agreement();
    expect(proof).toMatchObject({ read: imported, agreed: imported, checkedHere: imported });
    const last = ids.at(-1) ?? '';
    const { body } = await api.getContact({ params: { id: contactIdOfAcme(last) } });
    expect(body).toMatchObject({ firstName: 'Ada', phone: '+14155550123', sourceId: last });
  });

  it('heals webhooks that were dropped, and counts the versions that never came', async () => {
    await behave({ dropWebhooks: { drop: 4, of: 100 } });
    const told = ids.slice(0, 300);
    await acme.patchEach(told, { acme_title: 'Countess' });
    const dropped = await eventually(async () => {
      const { items } = (await api.listDeliveries({ query: { limit: 200, state: 'unanswered' } })).body;
      const titles = items.filter(({ fault, body }) => fault === 'dropped' && body?.includes('Countess'));
      expect(titles).toHaveLength(12);
      return new Set(titles.map(({ acmeId }) => acmeId ?? ''));
    });
    await behave({});
    for (const id of told.filter((one) => !dropped.has(one))) await shows(id, 2);
    const dry = await sweep({ dryRun: true });
    expect(dry.progress).toMatchObject({ healed: 12, missedVersions: 12 });
    const healed = await sweep({});
    expect(healed.progress).toMatchObject({ healed: 12, missedVersions: 12 });
    expect(
      new Set(healed.findings.map(({ acmeId, here, there }) => [acmeId, here, there].join(' '))),
    ).toEqual(new Set([...dropped].map((id) => `${id} 1 2`)));
    for (const id of dropped) await shows(id, 2);
    await agreement();
  });

  it('names what one side alone has or what differs, and does not call that agreement', async () => {
    const [lost = '', rolledBack = '', other = ''] = ids;
    const redis = createRedis({
      url: system.redisUrl,
      clientName: 'tamper',
      logger: { info: () => undefined, warn: () => undefined },
    });
    redis.connect();
    const keyOf = (id: string) => `simulator:{0}:crm:contact:${id}`;
    const change = async (id: string, from: string, to: string) => {
      const text = (await redis.use((client) => client.get(keyOf(id)))) ?? '';
      expect(text).toContain(from);
      await redis.use((client) => client.set(keyOf(id), text.replace(from, to)));
    };
    await redis.use((client) => client.del(keyOf(lost)));
    await change(rolledBack, '"acme_version":2', '"acme_version":1');
    await change(other, '"acme_title":"Countess"', '"acme_title":"Baroness"');
    await redis.close();
    const { code, stdout } = await runOps(system, 'sweep', '--full', '--dry-run', '--json');
    expect(code).toBe(1);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ state: 'done', agrees: false });
    const findings = told.findings.map(
      ({ difference, acmeId, here, there }: (typeof told.findings)[number]) =>
        [difference, acmeId, here, there].join(' '),
    );
    expect(new Set(findings)).toEqual(
      new Set([`only-here ${lost} 2 `, `behind-there ${rolledBack} 2 1`, `differs ${other} 2 2`]),
    );
  });
});

describe('the scenario two-way', () => {
  it.each([
    ['in disorder', { delayMs: 800, latencyMs: 50 }],
    [
      'through limits and outages, where AcmeCRM normalises',
      { limitedSeconds: 2, awaySeconds: 2, normalises: 1 },
    ],
  ])('finds both sides alike %s', async (_, parameters) => {
    const verdict = await playRun(api, {
      scenarios: [{ name: 'two-way', count: 60, ratePerSecond: 12, parameters }],
      settleTimeoutSeconds: 60,
      seed: 1,
    });
    const { lost, doubled, unexpected, unverified } = verdict;
    expect({ lost, doubled, unexpected, unverified }).toEqual({
      lost: [],
      doubled: [],
      unexpected: [],
      unverified: [],
    });
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.scenarios[0]?.accepted).toBeGreaterThan(50);
  });
});
