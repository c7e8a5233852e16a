import { compileGuard, WebhookEvent } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../run-options.ts';
import { scenarios } from './catalogue.ts';
import { compose } from './compose.ts';

const isWebhookEvent = compileGuard(WebhookEvent);

const scriptOf = (name: string, { count = 24, seed = 1, runId = 'r1' } = {}) => {
  const resolved = resolveOptions({ scenarios: [{ name, count }], seed });
  if ('faults' in resolved) throw new Error(JSON.stringify(resolved.faults));
  return compose({ options: resolved.options, runId, startedAt: Date.UTC(2026, 0, 1) });
};

const idsOf = ({ contacts }: ReturnType<typeof scriptOf>) =>
  contacts.flatMap(({ acmeId, events }) => [acmeId, ...events.map(({ webhook }) => webhook.id)]);

const told = (script: ReturnType<typeof scriptOf>) =>
  script.deliveries.map(({ body, at, manner, expected }) => [body().trimEnd(), at, manner, expected]);

/** What a manner does to a body is no part of the text. */
const comparable = (script: ReturnType<typeof scriptOf>) => JSON.stringify([told(script), script.bothWays]);

describe('the scenarios', () => {
  it('have names and one line of text each, and no name twice', () => {
    for (const { name, summary } of scenarios) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(summary).toMatch(/^[A-Z][^\n]{20,160}\.$/);
    }
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });

  it('have defaults within their bounds', () => {
    for (const { parameters } of scenarios)
      for (const parameter of Object.values(parameters)) {
        expect(parameter.default).toBeGreaterThanOrEqual(parameter.minimum);
        expect(parameter.default).toBeLessThanOrEqual(parameter.maximum);
      }
  });
});

describe.each(scenarios.map(({ name }) => name))('%s', (name) => {
  it('is the same traffic with the same seed, and another with another', () => {
    expect(comparable(scriptOf(name))).toBe(comparable(scriptOf(name)));
    expect(comparable(scriptOf(name, { seed: 2 }))).not.toBe(comparable(scriptOf(name)));
  });

  it('shares no contact and no event with another run', () => {
    const first = new Set(idsOf(scriptOf(name)));
    expect(idsOf(scriptOf(name, { runId: 'r2' })).filter((id) => first.has(id))).toEqual([]);
  });

  it('tells of every event that happened, in the order of their times', () => {
    const { contacts, deliveries } = scriptOf(name);
    const happened = contacts.flatMap(({ events }) => events.map(({ webhook }) => webhook.id));
    const delivered = new Set(deliveries.flatMap(({ events }) => events.map(({ webhook }) => webhook.id)));
    expect(happened.filter((id) => !delivered.has(id))).toEqual([]);
    expect(new Set(happened).size).toBe(happened.length);
    const times = deliveries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('works with one event', () => {
    const { deliveries, bothWays } = scriptOf(name, { count: 1 });
    expect(deliveries.length + bothWays.length).toBeGreaterThan(0);
  });

  it('raises the version by one with each event of a contact, conflicts aside', () => {
    for (const { events } of scriptOf(name).contacts) {
      const versions = events.filter(({ conflicts }) => !conflicts).map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });
});

describe('an ordinary day', () => {
  const { contacts } = scriptOf('steady', { count: 1_000 });
  const events = contacts.flatMap((contact) => contact.events);

  it('has only events that the contract of the webhook allows', () => {
    for (const { webhook } of events) expect(isWebhookEvent(webhook), webhook.id).toBe(true);
  });

  it('has contacts that are made, changed, deleted and brought back', () => {
    const kinds = new Set(events.map(({ webhook }) => webhook.event));
    expect(kinds).toEqual(new Set(['contact.created', 'contact.updated', 'contact.deleted']));
  });

  it('tells of people in several scripts and of addresses in and outside of the United States', () => {
    const records = events.flatMap(({ record }) => record ?? []);
    const names = records.map(({ acme_last_name }) => acme_last_name).join('');
    expect(names).toMatch(/\p{Script=Han}/u);
    expect(names).toMatch(/\p{Script=Arabic}/u);
    const addresses = records.flatMap(({ acme_address }) => acme_address ?? []);
    expect(addresses.filter((address) => /, [A-Z]{2} \d{5}/.test(address)).length).toBeGreaterThan(200);
    expect(addresses.filter((address) => address.endsWith('Deutschland')).length).toBeGreaterThan(20);
  });
});

it('edits no contact here so often that the loop breaker would freeze it', () => {
  const steps = scriptOf('two-way', { count: 600 }).bothWays.flatMap(({ plan }) => plan.steps);
  const here = Map.groupBy(
    steps.filter((step) => step.kind === 'edit' && step.side === 'here'),
    ({ contact }) => contact,
  );
  expect(Math.max(...[...here.values()].map(({ length }) => length))).toBe(5);
});

it('gives a scenario the same traffic whatever goes on beside it', () => {
  const options = { seed: 5, settleTimeoutSeconds: 1, latencySampleEvery: 1 };
  const steady = { name: 'steady', count: 20, ratePerSecond: 10, parameters: {} };
  const startedAt = 0;
  const alone = compose({ options: { ...options, scenarios: [steady] }, runId: 'r', startedAt });
  const beside = compose({
    options: { ...options, scenarios: [steady, { ...steady, name: 'arrays-with-a-bad-item' }] },
    runId: 'r',
    startedAt,
  });
  const own = beside.deliveries.filter(({ part }) => part === 0).map(({ body, at }) => [at, body()]);
  expect(own).toEqual(alone.deliveries.map(({ body, at }) => [at, body()]));
});

it('never gives two versions of a contact the same content', () => {
  for (const { events } of scriptOf('steady', { count: 1_000 }).contacts) {
    const contents = events.flatMap(({ record }) =>
      record ? JSON.stringify({ ...record, acme_version: 0, acme_updated_at: null }) : [],
    );
    expect(new Set(contents).size).toBe(contents.length);
  }
});
