import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { openRedis } from '@contact-sync/redis';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playRun } from '../scenarios/play.ts';
import { crmOf } from '../src/acme-crm.ts';
import { fillCrm, patchCrm, removeCrm } from '../src/acme-crm-many.ts';
import { runOps } from '../src/ops.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let api: Client;
let crm: ReturnType<typeof crmOf>;

beforeAll(async () => {
  system = await startSystem(
    {
      'event-worker': {
        SWEEP_EVERY: '0',
        SWEEP_GRACE_SECONDS: '0',
        SWEEP_REQUESTS_PER_SECOND: '100',
        ACME_WRITES_PER_SECOND: '200',
      },
      'webhook-simulator': { ACME_REQUESTS_PER_SECOND: '2000' },
    },
    { bothWays: true },
  );
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  crm = crmOf(system);
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

/** How many of these AcmeCRM has deleted, as far as is known here. */
const deletedHere = async (acmeIds: readonly string[]): Promise<number> => {
  const records = await Promise.all(
    acmeIds.map((acmeId) => api.getAcmeRecord({ params: { id: contactIdOfAcme(acmeId) } })),
  );
  return records.filter(({ body }) => body.deleted).length;
};

/** How many webhooks with that text were never sent, of those that the log keeps. */
const droppedWith = async (text: string): Promise<number> => {
  let count = 0;
  let cursor: string | undefined;
  do {
    const query = { limit: 100, state: 'unanswered' as const, ...(cursor !== undefined && { cursor }) };
    const { items, nextCursor } = (await api.listDeliveries({ query })).body;
    count += items.filter(({ fault, body }) => fault === 'dropped' && body?.includes(text)).length;
    cursor = nextCursor;
  } while (cursor !== undefined);
  return count;
};

const shows = (acmeId: string, version: number) =>
  eventually(async () => {
    const { body } = await api.getAcmeRecord({ params: { id: contactIdOfAcme(acmeId) } });
    expect(body).toMatchObject({ sourceVersion: version });
  });

/** At full size with `PROPERTY_RUNS=full`, else small; `TWO_WAY_SEEDS` is how many seeds two-way is played by. */
const isFull = process.env['PROPERTY_RUNS'] === 'full';
const imported = isFull ? 10_000 : 600;
const told = isFull ? 5_000 : 300;
const dropped = isFull ? 200 : 12;
/** 5 % of all contacts, 100 at most. */
const braked = isFull ? 100 : 30;
const deleted = braked + 10;
const howMany = Number(process.env['TWO_WAY_SEEDS'] ?? (isFull ? 20 : 1));
const seeds = Array.from({ length: howMany }, (_, index) => index + 1);

let ids: string[];

describe('a sweep', () => {
  it('imports what AcmeCRM has into an empty system, through a kill -9 of its process', async () => {
    await behave({ dropWebhooks: { drop: 1, of: 1 } });
    ids = await fillCrm(crm, imported);
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

  it('is ended early by an operator, at once however slowly it goes', async () => {
    const { id } = (await api.startSweep({ body: { full: true, ratePerSecond: 1 } })).body;
    await eventually(async () => expect((await sweepOf(id)).progress.read).toBeGreaterThan(0));
    expect(await runOps(system, 'sweep', 'cancel', id)).toMatchObject({ code: 0 });
    const ended = await eventually(async () => {
      const sweep = await sweepOf(id);
      expect(sweep.finishedAt).toBeDefined();
      return sweep;
    });
    expect(ended).toMatchObject({ state: 'cancelled' });
    expect(ended.progress.read).toBeLessThan(imported);
    const { stdout } = await runOps(system, 'sweep', 'list');
    expect(stdout).toMatch(new RegExp(`^${id}\\s+cancelled\\s+full\\s`, 'm'));
  });

  it('heals webhooks that were dropped, and counts the versions that never came', async () => {
    await behave({ dropWebhooks: { drop: dropped, of: told } });
    await Promise.all([
      patchCrm(crm, ids.slice(0, told), { acme_title: 'Countess' }),
      eventually(async () => expect(await droppedWith('Countess')).toBe(dropped), {
        timeoutMs: 120_000,
        intervalMs: 200,
      }),
    ]);
    await behave({});
    // What was not dropped comes by itself.
    await eventually(
      async () => {
        const { progress } = await sweep({ dryRun: true });
        expect(progress).toMatchObject({ healed: dropped, missedVersions: dropped });
      },
      { timeoutMs: 120_000 },
    );
    const { progress, findings } = await sweep({});
    expect(progress).toMatchObject({ healed: dropped, missedVersions: dropped, imported: 0 });
    expect(findings).toHaveLength(Math.min(dropped, 100));
    for (const finding of findings)
      expect(finding).toMatchObject({ difference: 'behind-here', here: 1, there: 2 });
    for (const { acmeId = '' } of findings.slice(0, 10)) await shows(acmeId, 2);
    await agreement();
  });

  it('is stopped by the brake before it deletes more than its share, and goes on when an operator accepts', async () => {
    await behave({ dropWebhooks: { drop: 1, of: 1 } });
    await removeCrm(crm, ids.slice(-deleted));
    const { id } = (await api.startSweep({ body: {} })).body;
    await eventually(async () => expect(await sweepOf(id)).toMatchObject({ failure: 'CONFLICT' }), {
      timeoutMs: 60_000,
    });
    const paused = await eventually(async () => {
      const { items } = (await api.listConsumers()).body;
      return items.flatMap((item) => item.paused).find(({ why }) => why === 'mass-writes') ?? false;
    });
    const ready = await fetch(`${system.workerOpsUrl}/readyz?verbose`);
    expect(await ready.text()).toContain(`${braked} deletes within ten minutes`);
    expect(await deletedHere(ids.slice(-deleted))).toBe(0);
    const group = 'contact-sync.write-back';
    const resumed = await runOps(system, 'consumers', 'resume', group, '--accept', paused.fingerprint);
    expect(resumed).toMatchObject({ code: 0 });
    const { progress } = await done(id);
    expect(progress).toMatchObject({ healed: deleted, missedVersions: deleted });
    await agreement();
    expect(await deletedHere(ids.slice(-deleted))).toBe(deleted);
  });

  it('names what one side alone has or what differs, and does not call that agreement', async () => {
    const [lost = '', rolledBack = '', other = ''] = ids;
    const redis = await openRedis(system.redisUrl);
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
    await behave({ refuses: { share: 1, status: 400 } });
    const unheard = await api.createContact({
      body: { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' },
    });
    await eventually(async () => {
      const { items } = (await api.listDeadLetters({ query: { contactId: unheard.body.id } })).body;
      expect(items.map(({ code }) => code)).toEqual(['ACME_REFUSED']);
    });
    const { code, stdout } = await runOps(system, 'sweep', '--full', '--dry-run', '--json');
    expect(code).toBe(1);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ state: 'done', agrees: false });
    const findings = told.findings.map(
      ({ difference, acmeId, contactId, here, there, why }: (typeof told.findings)[number]) =>
        [difference, acmeId ?? contactId, here, there, why].join(' ').trimEnd(),
    );
    expect(new Set(findings)).toEqual(
      new Set([
        `only-here ${lost} 2`,
        `behind-there ${rolledBack} 2 1`,
        `differs ${other} 2 2`,
        `not-created ${unheard.body.id}   refused`,
      ]),
    );
    await behave({});
  });
});

describe('the verdict on both sides', () => {
  it('is red where the platform hears of nothing that happens in AcmeCRM', async () => {
    const verdict = await playRun(api, {
      scenarios: [
        { name: 'two-way', count: 12, ratePerSecond: 12, parameters: { drop: 100, bornHere: 0, deletes: 0 } },
      ],
      settleTimeoutSeconds: 3,
      seed: 1,
    });
    expect(verdict.ok).toBe(false);
    expect(verdict.lost.map(({ code }) => code)).toEqual(['NOTHING_STORED', 'NOTHING_STORED']);
  });
});

describe.each(seeds)('the scenario two-way with seed %i', (seed) => {
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
      seed,
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
