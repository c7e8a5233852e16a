import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually, redisServerExecutable, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updated } from './event-builder.ts';
import type { Service } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

const rounds = 3;
const writers = 6;

describe.skipIf(redisServerExecutable() === undefined)('a Redis that is killed under load', () => {
  let system: System;
  let service: Service;
  beforeAll(async () => {
    system = await startSystem({ settings: { appendfsync: 'always' } });
    service = await system.start();
  });
  afterAll(() => system?.[Symbol.asyncDispose]());

  /** The highest version of each contact that an answer told of. */
  const acknowledged = new Map<string, number>();
  const note = (id: string, version: number) =>
    acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0));

  const edit = async (id: string, step: number): Promise<void> => {
    const { status, body } = await service.retitle(id, `T${step}`);
    if (status === 200) note(id, Number(body?.['version']));
  };

  const apply = async (id: string, step: number): Promise<void> => {
    const event = updated({ id, acme_version: step, acme_title: `T${step}` });
    const { body } = await service.apply(event);
    const [result] = (body?.['results'] ?? []) as { fate?: string; version?: number }[];
    if (result?.fate === 'applied') note(contactIdOfAcme(id), Number(result.version));
  };

  it('still has every write that was answered, with its history and its place in the outbox, each once', async () => {
    const contacts = await Promise.all(Array.from({ length: writers }, service.create));
    const told = contacts.map(() => uniquePrefix());
    let isOver = false;
    const write = async (index: number): Promise<void> => {
      for (let step = 1; !isOver; step += 1) {
        await edit(contacts[index] ?? '', step);
        await apply(told[index] ?? '', step);
      }
    };
    const load = contacts.map((_, index) => write(index));
    const total = () => [...acknowledged.values()].reduce((sum, version) => sum + version, 0);
    for (let round = 0; round < rounds; round += 1) {
      const before = total();
      await eventually(() => total() > before + 50, { timeoutMs: 30_000 });
      await system.server.kill('SIGKILL');
      await system.server.start();
    }
    isOver = true;
    await Promise.all(load);
    await system.redis.waitUntilReady(10_000);
    await service.ready();

    expect(acknowledged.size).toBe(2 * writers);
    for (const [id, version] of acknowledged) {
      const stored = await system.store.contact(id);
      // More than was answered is possible: what ran, but whose answer was lost.
      expect(stored?.version).toBeGreaterThanOrEqual(version);
      const history = await system.store.history(id, { limit: 100 });
      const newest = Number(stored?.version);
      expect(history.map((entry) => entry.version)).toEqual(history.map((_, index) => newest - index));
    }
    const waiting = await system.redis.use((client) => client.xrange('integration:{0}:outbox', '-', '+'));
    const eventIds = waiting.map(([, fields]) => JSON.parse(fields[1] ?? '').outgoing.eventId as string);
    expect(new Set(eventIds).size).toBe(eventIds.length);
    expect(eventIds.length).toBeGreaterThanOrEqual(total());
  });
});
