import type { RunRequest } from '@contact-sync/api-contracts';
import { WebhookEvent } from '@contact-sync/domain';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../run-options.ts';
import { generateScenario } from './generate-scenario.ts';

const scenarioOf = (request: RunRequest, runId = 'r1') => {
  const resolved = resolveOptions(request);
  if ('faults' in resolved) throw new Error(JSON.stringify(resolved.faults));
  return generateScenario({ options: resolved.options, runId, startedAt: Date.UTC(2026, 0, 1) });
};

describe('generateScenario', () => {
  it('makes exactly the contacts and events that were asked for', () => {
    const { contacts } = scenarioOf({ contacts: 40, events: 333 });
    expect(contacts).toHaveLength(40);
    expect(contacts.flatMap(({ events }) => events)).toHaveLength(333);
  });

  it('makes the asked number of each kind of life', () => {
    const { contacts } = scenarioOf({
      contacts: 40,
      events: 100,
      deletes: 4,
      deleteBeforeCreate: 5,
      revives: 6,
    });
    const kinds = Object.groupBy(contacts, ({ kind }) => kind);
    expect([kinds.deleted?.length, kinds.deleteFirst?.length, kinds.revived?.length]).toEqual([4, 5, 6]);
    for (const { kind, events } of contacts) {
      const isGone = events.at(-1)?.record === null;
      expect(isGone).toBe(kind === 'deleted' || kind === 'deleteFirst');
      expect(events.some(({ record }) => record === null)).toBe(kind !== 'plain');
    }
  });

  it('is a function of seed, run and options', () => {
    expect(scenarioOf({ seed: 7 })).toEqual(scenarioOf({ seed: 7 }));
    expect(scenarioOf({ seed: 7 })).not.toEqual(scenarioOf({ seed: 8 }));
  });

  it('gives two runs no contact and no event in common', () => {
    const idsOf = (runId: string) =>
      scenarioOf({}, runId).contacts.flatMap(({ acmeId, events }) => [
        acmeId,
        ...events.map(({ webhook }) => webhook.id),
      ]);
    const first = new Set(idsOf('r1'));
    expect(idsOf('r2').filter((id) => first.has(id))).toEqual([]);
  });

  it('makes only events that the contract of the webhook allows', () => {
    const { contacts } = scenarioOf({ seed: 3, events: 2_000 });
    for (const { webhook } of contacts.flatMap(({ events }) => events)) {
      expect(Value.Check(WebhookEvent, webhook), webhook.id).toBe(true);
    }
  });

  it('raises the version by one and the time with each event of a contact', () => {
    for (const { events } of scenarioOf({ events: 800 }).contacts) {
      expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
      const times = events.map(({ webhook }) => webhook.timestamp);
      expect(times).toEqual(times.toSorted());
    }
  });

  it('never gives two versions of a contact the same content', () => {
    for (const { events } of scenarioOf({ events: 3_000 }).contacts) {
      const contents = events.flatMap(({ record }) =>
        record ? JSON.stringify({ ...record, acme_version: 0, acme_updated_at: null }) : [],
      );
      expect(new Set(contents).size).toBe(contents.length);
    }
  });

  it('tells of people in several scripts and of addresses in and outside of the United States', () => {
    const records = scenarioOf({ contacts: 200, events: 400 }).contacts.flatMap(({ events }) => {
      return events.flatMap(({ record }) => record ?? []);
    });
    const names = records.map(({ acme_last_name }) => acme_last_name).join('');
    expect(names).toMatch(/\p{Script=Han}/u);
    expect(names).toMatch(/\p{Script=Arabic}/u);
    const addresses = records.flatMap(({ acme_address }) => acme_address ?? []);
    expect(addresses.filter((address) => /, [A-Z]{2} \d{5}/.test(address)).length).toBeGreaterThan(100);
    expect(addresses.filter((address) => address.endsWith('Deutschland')).length).toBeGreaterThan(10);
  });
});
