import type { Run, RunRequest } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { createSimulatedSystem, type SystemFaults } from '../../test/simulated-system.ts';
import { createVirtualClock } from '../../test/virtual-clock.ts';
import { resolveOptions } from '../domain/run-options.ts';
import { executeRun } from './execute-run.ts';
import type { Report } from './send-script.ts';

const runOf = (request: RunRequest): Run => {
  const resolved = resolveOptions(request);
  if ('faults' in resolved) throw new Error(JSON.stringify(resolved.faults));
  const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const progress = { planned: 0, sent: 0, accepted: 0, refused: 0, contacts: 0, settled: 0, verified: 0 };
  return { id: 'r1', state: 'sending', options: resolved.options, progress, startedAt: at, updatedAt: at };
};

const request: RunRequest = { scenarios: [{ name: 'steady' }], count: 40, settleTimeoutSeconds: 1 };

const newId = () => 'd1';
const target = 'http://127.0.0.1:3003';
const log = { add: () => undefined };

const execute = async (faults: SystemFaults = {}, options: RunRequest = request) => {
  const system = createSimulatedSystem(faults);
  const changes: Parameters<Report>[0][] = [];
  const verdict = await executeRun(
    runOf(options),
    { ...system, log, newId, target, clock: createVirtualClock(), random: () => 0.5 },
    (change) => changes.push(change),
    new AbortController().signal,
  );
  return { verdict, changes, system };
};

describe('executeRun', () => {
  it('finds nothing wrong with a system that does what it should', async () => {
    const scenarios = ['duplicates', 'wrong-secret', 'malformed-json'].map((name) => ({ name }));
    const { verdict } = await execute({}, { scenarios });
    expect(verdict).toMatchObject({
      ok: true,
      retries: 0,
      lost: [],
      doubled: [],
      unexpected: [],
      unverified: [],
      scenarios: [
        { name: 'duplicates', ok: true, refused: 0 },
        { name: 'wrong-secret', ok: true, sent: 60, accepted: 30, refused: 30, duplicates: 0 },
        { name: 'malformed-json', ok: true, sent: 60, accepted: 30, refused: 30 },
      ],
    });
    expect(verdict.refused).toEqual(
      expect.arrayContaining([
        { status: 401, code: 'SIGNATURE_INVALID', count: 23, planted: true },
        { status: 401, code: 'SIGNATURE_MISSING', count: 7, planted: true },
        { status: 400, code: 'MALFORMED_BODY', count: 30, planted: true },
      ]),
    );
    expect(verdict.latency.unobserved).toBe(0);
    expect(verdict.latency.samples).toBeGreaterThan(10);
    expect(verdict.sending.lateMs).toBe(0);
  });

  it('begins each delivery when it is due, however slow the answers are', async () => {
    const clock = createVirtualClock();
    const system = createSimulatedSystem();
    const begun: number[] = [];
    const post: typeof system.endpoint.post = async (posted) => {
      begun.push(clock.now());
      await clock.wait(30_000, posted.signal);
      return system.endpoint.post(posted);
    };
    const dependencies = { ...system, log, newId, target, endpoint: { post }, clock, random: () => 0.5 };
    const run = runOf({ ...request, ratePerSecond: 50, settleTimeoutSeconds: 60 });
    const verdict = await executeRun(run, dependencies, () => undefined, new AbortController().signal);
    expect(verdict.ok).toBe(true);
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeCloseTo(780, -1);
  });

  it('goes through its states with rising progress', async () => {
    const { changes } = await execute();
    expect(changes.flatMap(({ state }) => state ?? [])).toEqual(['sending', 'settling', 'verifying']);
    const sent = changes.flatMap(({ progress }) => progress?.sent ?? []);
    expect(sent).toEqual(sent.toSorted((one, other) => one - other));
    expect(sent.at(-1)).toBe(40);
  });

  it('tells of every event that a system loses, if it was the one that decides', async () => {
    const decisive: string[] = [];
    for (let loseEvent = 1; loseEvent <= 40; loseEvent += 1) {
      const { verdict } = await execute({ loseEvent });
      if (verdict.lost.length > 0) decisive.push(...new Set(verdict.lost.map(({ contactId }) => contactId)));
      expect(verdict.ok).toBe(verdict.lost.length === 0);
    }
    expect(new Set(decisive).size).toBe(10);
    expect(decisive).toHaveLength(10);
  });

  it('names the scenario and the event of what it finds, and counts it there', async () => {
    const scenarios = [{ name: 'steady' }, { name: 'reordered' }];
    const { verdict } = await execute({ doubleEvent: 7 }, { ...request, scenarios });
    const [doubled] = verdict.doubled;
    expect(doubled?.eventIds?.[0]).toMatch(/^evt_r1_[12]_/);
    const named = verdict.scenarios.filter(({ ok }) => !ok);
    expect(named.map(({ name }) => name)).toEqual([doubled?.scenario]);
  });

  it('tells of an event that has its effect twice', async () => {
    const { verdict } = await execute({ doubleEvent: 7 });
    expect(verdict.ok).toBe(false);
    expect(verdict.doubled.map(({ code }) => code)).toContain('TWO_OUTGOING_EVENTS');
  });

  it('tells of a forged delivery that is taken', async () => {
    const { verdict } = await execute(
      { takeForged: true },
      { ...request, scenarios: [{ name: 'wrong-secret' }] },
    );
    expect(verdict.ok).toBe(false);
    const codes = verdict.unexpected.map(({ code }) => code);
    expect(codes).toContain('PLANTED_ACCEPTED');
    expect(codes).toContain('VERSION_NEVER_ACCEPTED');
  });

  it('finds local edits where they were made, beside what AcmeCRM changed', async () => {
    const { verdict } = await execute({}, { ...request, scenarios: [{ name: 'local-edits' }] });
    expect(verdict).toMatchObject({ ok: true, lost: [], unverified: [] });
  });

  it('is not content when an ordinary delivery is refused', async () => {
    const refusal = {
      kind: 'answer',
      status: 400,
      code: 'INVALID_EVENT',
      duplicate: false,
      ignored: false,
      refusedItems: 0,
    } as const;
    const { verdict } = await execute({ answersFirst: [refusal] });
    expect(verdict.refused).toContainEqual({ status: 400, code: 'INVALID_EVENT', count: 1, planted: false });
    expect(verdict.unexpected).toContainEqual(
      expect.objectContaining({ code: 'WRONG_ANSWER', detail: '400 INVALID_EVENT instead of 2xx' }),
    );
    expect(verdict.ok).toBe(false);
  });

  it('gets an event through a system that is away for a while', async () => {
    const away = Array.from({ length: 20 }, () => ({ kind: 'none' }) as const);
    const { verdict } = await execute({ answersFirst: away });
    expect(verdict).toMatchObject({ ok: true, retries: 20 });
  });

  it('ends at once when it is told to stop', async () => {
    const stop = new AbortController();
    const system = createSimulatedSystem();
    const run = executeRun(
      runOf(request),
      { ...system, log, newId, target, clock: createVirtualClock(), random: () => 0.5 },
      ({ progress }) => {
        if (progress?.sent === 10) stop.abort();
      },
      stop.signal,
    );
    await expect(run).rejects.toThrow(/abort/i);
    expect(system.posts.length).toBeLessThan(30);
  });
});
