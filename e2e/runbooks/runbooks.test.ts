import { readdir } from 'node:fs/promises';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from '../src/prometheus.ts';
import { readRunbook } from '../src/runbook.ts';
import { faults } from './all-faults.ts';
import { metricQueries, movedElsewhere, notNamed } from './told-metrics.ts';
import { startWatchedSystem, type WatchedSystem } from './watched-system.ts';
import { kafkaOf, type Planted } from './world.ts';

let watched: WatchedSystem;

beforeAll(async () => {
  watched = await startWatchedSystem(atOnce);
});

afterAll(() => watched?.[Symbol.asyncDispose]());

it('has a fault for every runbook', async () => {
  const files = await readdir(new URL('../../docs/runbooks/', import.meta.url));
  const names = files.map((file) => file.replace('.md', '')).filter((name) => name !== 'README');
  expect(faults.flatMap(({ runbooks }) => runbooks).toSorted()).toEqual(names.toSorted());
});

describe.each(faults)('$name', ({ runbooks, plant, mendsFirst = false }) => {
  let planted: Planted;

  beforeAll(async () => {
    planted = await plant({ ...watched, kafka: kafkaOf(watched.system) });
  });

  it.each(runbooks)('raises the alert of %s, and shows where it says to look', async (name) => {
    const { alerts } = await readRunbook(name);
    await eventually(async () => expect(await watched.prometheus.fires(alerts), alerts.join()).toBe(true), {
      timeoutMs: 60_000,
    });
    expect(await watched.follower.isThere(name), 'it is over').toBe(true);
    await watched.follower.follow(name, 'Look', planted);
  });

  it('is mended, and over when its runbooks say so', async () => {
    if (mendsFirst) await planted.heal();
    for (const name of runbooks) await watched.follower.follow(name, 'Do', planted);
    if (!mendsFirst) await planted.heal();
    for (const name of runbooks) await watched.follower.untilOver(name);
  });
});

it('has moved every metric by now, those aside that another test moves', async () => {
  const { id } = (
    await watched.api.createContact({
      body: { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' },
    })
  ).body;
  await eventually(async () => {
    await watched.api.getContact({ params: { id } });
    const still: string[] = [];
    for (const [name, query] of await metricQueries())
      if ((await watched.prometheus.query(query)).length === 0) still.push(name);
    // What comes and goes between two scrapes may be seen, too.
    expect(still.filter((name) => !(name in movedElsewhere))).toEqual([]);
  });
  expect(await notNamed()).toEqual([]);
});
