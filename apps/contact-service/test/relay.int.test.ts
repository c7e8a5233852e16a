import { setTimeout as pause } from 'node:timers/promises';
import { eventually, redisServerExecutable } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IntegrationTopics, startIntegrationTopics } from './support/integration-topics.ts';
import type { Service } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

// reliability 13: well past the lease, and past the 3 s after which a producer gives a send up.
const leaseMs = 2_500;
const frozenMs = 5_000;

describe.skipIf(redisServerExecutable() === undefined)('the relay of a copy that is hurt', () => {
  let topics: IntegrationTopics;
  let system: System;
  beforeAll(async () => {
    topics = await startIntegrationTopics();
  });
  afterAll(() => topics?.stop());
  beforeEach(async () => {
    system = await startSystem();
  });
  afterEach(() => system?.[Symbol.asyncDispose]());

  const start = async (faults: Readonly<Record<string, string>> = {}): Promise<Service> => {
    const settings = { ...topics.settings, OUTBOX_LEASE_MS: String(leaseMs), ...faults };
    return system.start({ settings, faults: faults['HURT_AT'] ? ['hurt-relay'] : [] });
  };

  const relaying = () =>
    eventually(async () =>
      expect(await system.redis.use((client) => client.exists('integration:{0}:outbox-lease'))).toBe(1),
    );

  const patch = async (by: Service, id: string, version: number): Promise<void> =>
    expect((await by.retitle(id, `T${version}`, `"${version - 1}"`)).status).toBe(200);

  /** Versions rise on each topic, exact repeats aside, and one that applies only higher ones applies each once. */
  const toldInOrder = async (id: string, versions: number) => {
    await topics.untilHeard(id, versions);
    await eventually(async () => expect(await system.outboxSize()).toBe(0));
    const heard = topics.heardOf(id);
    for (const events of Map.groupBy(heard, ({ topic }) => topic).values()) {
      const fresh = events.filter(
        (event, index) => events.findIndex(({ eventId }) => eventId === event.eventId) === index,
      );
      expect(fresh.map(({ version }) => version)).toEqual(
        fresh.map(({ version }) => version).toSorted((one, other) => one - other),
      );
    }
    const byVersion = Map.groupBy(heard, ({ version }) => version);
    expect([...byVersion.keys()].sort((one, other) => one - other)).toEqual(
      Array.from({ length: versions }, (_, index) => index + 1),
    );
    for (const repeats of byVersion.values()) {
      expect(new Set(repeats.map((event) => JSON.stringify(event))).size).toBe(1);
    }
    return heard;
  };

  it('killed between the produce and the removal: the next one tells again, in order, and of nothing else', async () => {
    const killed = await start({ HURT_AT: 'trim', HURT_BY: 'SIGKILL' });
    const id = await killed.create();
    expect(await killed.endedBy()).toBe('SIGKILL');
    await topics.untilHeard(id, 1);
    expect(await system.outboxSize()).toBe(1);
    const next = await start();
    for (const version of [2, 3, 4]) await patch(next, id, version);
    const heard = await toldInOrder(id, 4);
    expect(heard.filter(({ version }) => version === 1)).toHaveLength(2);
  });

  it('an event that its topic refuses for good holds back its own contact alone, until the topic takes it', async () => {
    const updates = 'integration.contact.updated.v1';
    const service = await start();
    const [large, small] = [await service.create(), await service.create()];
    await topics.limit(updates, 4_096);
    const notes = Array.from({ length: 2_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    const edit = { body: { notes }, headers: { 'if-match': '*' } };
    expect((await service.request('PATCH', `/${large}`, edit)).status).toBe(200);
    await patch(service, large, 3);
    await patch(service, small, 2);
    await topics.untilHeard(small, 2);
    await eventually(async () => expect(await system.outboxSize()).toBe(0));
    expect(topics.heardOf(large).map(({ version }) => version)).toEqual([1]);
    expect(await service.reasons()).toMatch(new RegExp(`OUTBOX_REFUSED.*${large} at version 2`));
    await eventually(async () => expect(await service.metric('outbox_refused_contacts')).toBe(1));
    await service.ready();

    await topics.limit(updates, 2_097_152);
    service.kill('SIGTERM');
    await start();
    await toldInOrder(large, 3);
  });

  it.each(['trim', 'produce'])(
    'frozen for two leases at its %s: another takes over meanwhile, and what the thawed one still does harms nothing',
    async (point) => {
      const frozen = await start({ HURT_AT: point, HURT_BY: 'SIGSTOP' });
      await relaying();
      const other = await start();
      const frozenAt = performance.now();
      const id = await other.create();
      await topics.untilHeard(id, 1);
      let version = 1;
      while (performance.now() - frozenAt < frozenMs) {
        version += 1;
        await patch(other, id, version);
        await topics.untilHeard(id, version);
        await pause(250);
      }
      const fence = Number(await system.redis.use((client) => client.get('integration:{0}:outbox-fence')));
      expect(fence).toBeGreaterThan(1);

      frozen.kill('SIGCONT');
      await frozen.ready();
      // Its freeze was a longer silence of the revocation feed than writes are open for.
      await eventually(async () => expect(JSON.parse(await frozen.reasons()).checks.auth.ok).toBe(true));
      // What it sent or sends is a repeat; its removal is refused, so it counts none as relayed.
      await eventually(() => expect(topics.heardOf(id).filter((told) => told.version === 1)).toHaveLength(2));
      expect(await frozen.metric('outbox_relayed_total')).toBe(0);
      expect(await other.metric('outbox_relayed_total')).toBe(version);
      for (const _ of [1, 2, 3]) {
        version += 1;
        await patch(frozen, id, version);
      }
      await toldInOrder(id, version);
    },
  );
});
