import { readdir } from 'node:fs/promises';
import { type Client, createClient } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce, type PrometheusServer, startPrometheus } from '../src/prometheus.ts';
import { readRunbook } from '../src/runbook.ts';
import { type System, startSystem } from '../src/system.ts';
import { faults, hurried } from './all-faults.ts';
import { type Follower, startFollower } from './follow.ts';
import { metricQueries, movedElsewhere, notNamed } from './told-metrics.ts';
import { kafkaOf, type Planted } from './world.ts';

let system: System;
let api: Client;
let prometheus: PrometheusServer;
let follower: Follower;

beforeAll(async () => {
  system = await startSystem(hurried, { ownBroker: true, bothWays: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  prometheus = await startPrometheus(Object.values(system.opsUrls), atOnce);
  follower = await startFollower(system, prometheus, atOnce);
});

afterAll(async () => {
  await follower?.[Symbol.asyncDispose]();
  await prometheus?.[Symbol.asyncDispose]();
  await system?.[Symbol.asyncDispose]();
});

it('has a fault for every runbook', async () => {
  const files = await readdir(new URL('../../docs/runbooks/', import.meta.url));
  const names = files.map((file) => file.replace('.md', '')).filter((name) => name !== 'README');
  expect(faults.flatMap(({ runbooks }) => runbooks).toSorted()).toEqual(names.toSorted());
});

describe.each(faults)('$name', ({ runbooks, plant, mendsFirst = false }) => {
  let planted: Planted;

  beforeAll(async () => {
    planted = await plant({ system, api, kafka: kafkaOf(system) });
  });

  it.each(runbooks)('raises the alert of %s, and shows where it says to look', async (name) => {
    const { alerts } = await readRunbook(name);
    await eventually(async () => expect(await prometheus.fires(alerts), alerts.join()).toBe(true), {
      timeoutMs: 60_000,
    });
    expect(await follower.isThere(name), 'it is over').toBe(true);
    await follower.follow(name, 'Look', planted);
  });

  it('is mended, and over when its runbooks say so', async () => {
    if (mendsFirst) await planted.heal();
    for (const name of runbooks) await follower.follow(name, 'Do', planted);
    if (!mendsFirst) await planted.heal();
    for (const name of runbooks) await follower.untilOver(name);
  });
});

it('has moved every metric by now, those aside that another test moves', async () => {
  const { id } = (
    await api.createContact({ body: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' } })
  ).body;
  await eventually(async () => {
    await api.getContact({ params: { id } });
    const still: string[] = [];
    for (const [name, query] of await metricQueries())
      if ((await prometheus.query(query)).length === 0) still.push(name);
    // What comes and goes between two scrapes may be seen, too.
    expect(still.filter((name) => !(name in movedElsewhere))).toEqual([]);
  });
  expect(await notNamed()).toEqual([]);
});
