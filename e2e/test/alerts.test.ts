import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultFor } from '../runbooks/all-faults.ts';
import { startWatchedSystem, type WatchedSystem } from '../runbooks/watched-system.ts';
import { kafkaOf } from '../runbooks/world.ts';
import { playRun } from '../scenarios/play.ts';
import { dashboardQueries, soon } from '../src/prometheus.ts';

let watched: WatchedSystem;

beforeAll(async () => {
  watched = await startWatchedSystem(soon);
});

afterAll(() => watched?.[Symbol.asyncDispose]());

const patience = { timeoutMs: 150_000, intervalMs: 250 };
const areRaised = (alerts: readonly string[]) =>
  eventually(
    async () => expect(await watched.prometheus.firing()).toEqual(expect.arrayContaining([...alerts])),
    patience,
  );
const isQuiet = () => eventually(async () => expect(await watched.prometheus.firing()).toEqual([]), patience);

/** Gauges that are there once something is known. */
const toldLater = ['outbox_oldest_age_seconds', 'kafka_consumer_group_oldest_age_seconds', 'version_gaps'];

const ada = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };

/** What a panel asks that finds nothing while nothing is wrong: problems, and how many deliveries were answered 5xx. */
const isOfTrouble = (expr: string): boolean =>
  expr.includes('http_problems_total') || expr.startsWith('accept:errors:');

describe('a system that the simulator plays on', () => {
  it('tells every metric that rules and dashboards name, and no alert fires', async () => {
    const startedAt = Date.now();
    const { lost, doubled } = await playRun(watched.api, {
      scenarios: [{ name: 'steady' }, { name: 'duplicates' }],
      count: 10,
      ratePerSecond: 10,
      seed: 1,
    });
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    await eventually(
      async () =>
        expect(await watched.prometheus.query('sum(contact_sync_events_total) > 0')).toHaveLength(1),
      patience,
    );
    const rules = await watched.prometheus.rules();
    expect(rules.length).toBeGreaterThan(30);
    for (const expr of rules) await watched.prometheus.query(expr);
    await eventually(async () => {
      const named = await watched.prometheus.query('count by (__name__) ({job="contact-sync"})');
      const names = named.map(({ metric }) => metric['__name__']);
      expect(names).toEqual(expect.arrayContaining(toldLater));
    }, patience);
    expect(await watched.prometheus.firedSince(startedAt)).toEqual([]);
  });

  it('fills every panel of the dashboards, those aside that are empty while nothing is wrong', async () => {
    const traffic = playRun(watched.api, {
      scenarios: [{ name: 'steady' }],
      count: 100,
      ratePerSecond: 10,
      seed: 2,
    });
    const { id } = (await watched.api.createContact({ body: ada })).body;
    const queries = (await dashboardQueries()).filter((expr) => !isOfTrouble(expr));
    expect(queries.length).toBeGreaterThan(80);
    await eventually(async () => {
      for (let reads = 1; reads <= 3; reads += 1) await watched.api.getContact({ params: { id } });
      const empty: string[] = [];
      for (const expr of queries) if (!(await watched.prometheus.hasFigures(expr))) empty.push(expr);
      expect(empty).toEqual([]);
    }, patience);
    expect(await traffic).toMatchObject({ lost: [], doubled: [] });
  });
});

/** `WriteBackBraked` has write-back-braked.md. */
const runbookOf = (alert: string): string => alert.replaceAll(/(?<=.)[A-Z]/g, '-$&').toLowerCase();

/** Plants the fault that the runbooks of these alerts are meant for, and follows them to its end. */
const raises =
  (...alerts: readonly string[]) =>
  async () => {
    const startedAt = Date.now();
    const runbooks = alerts.map(runbookOf);
    const planted = await faultFor(runbooks[0] ?? '').plant({ ...watched, kafka: kafkaOf(watched.system) });
    await areRaised(alerts);
    for (const section of ['Look', 'Do'] as const)
      for (const name of runbooks) await watched.follower.follow(name, section, planted);
    await planted.heal();
    await isQuiet();
    expect(await watched.prometheus.firedSince(startedAt)).toEqual(alerts);
  };

describe('a planted fault raises the alert that is meant for it, and no other', () => {
  it('a partition that a member holds and does not work off: PartitionStopped', raises('PartitionStopped'));
  it('a flood of poison: ConsumerBraked', raises('ConsumerBraked'));
  it('a mass delete: WriteBackBraked', raises('WriteBackBraked'));
  it('a contact that is written again and again: WriteBackFrozen', raises('WriteBackFrozen'));
  it(
    'an AcmeCRM that is away: WriteBackStopped, and SweepOverdue',
    raises('SweepOverdue', 'WriteBackStopped'),
  );
  it('a broker that is down: KafkaUnreachable', raises('KafkaUnreachable'));
});
