import type { Pipeline } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { healthOf, stagesOf } from './stages.ts';

const startedAt = Date.parse('2026-11-24T09:30:00.000Z');

/** The pipeline so many seconds on, with 10 events a second coming and 7 of them worked off. */
const pipelineAt = (seconds: number): Pipeline => ({
  at: new Date(startedAt + seconds * 1_000).toISOString(),
  accepted: { entered: seconds * 10, settled: seconds * 7, waiting: seconds * 3 },
  retries: { entered: 0, settled: 0, waiting: 0 },
  letters: { entered: 3, open: 2 },
  refused: { entered: 1 },
  told: { entered: seconds * 7 },
});

describe('the stages of the pipeline', () => {
  it('have a rate as soon as two looks tell it, and what waits', () => {
    const now = pipelineAt(2);
    expect(stagesOf(now, [now])[0]).toMatchObject({ name: 'Accepted', count: 20, perSecond: undefined });
    const stages = stagesOf(now, [pipelineAt(0), pipelineAt(1), now]);
    expect(stages[0]).toMatchObject({ count: 20, perSecond: 10, waiting: undefined });
    expect(stages[1]).toMatchObject({ count: 14, perSecond: 7, waiting: 6, health: 'flows' });
    expect(stages.find(({ name }) => name === 'Dead letters')).toMatchObject({ waiting: 2, health: 'look' });
  });

  it('name the way back to AcmeCRM where there is one', () => {
    const names = (now: Pipeline) => stagesOf(now, [now]).map(({ name }) => name);
    expect(names(pipelineAt(2))).not.toContain('Written back');
    const writtenBack = { entered: 14, settled: 10, waiting: 4 };
    const now = { ...pipelineAt(2), writtenBack };
    expect(names(now)).toContain('Written back');
    expect(stagesOf(now, [now])[3]).toMatchObject({ count: 10, waiting: 4, place: 'way' });
  });

  it.each([
    ['flows', { waiting: 0 }, 0, []],
    ['flows', { waiting: 5 }, 9, [0, 0]],
    ['slow', { waiting: 5 }, 11, [3, 0, 2]],
    ['slow', { waiting: 5 }, 11, Array(9).fill(0)],
    ['stuck', { waiting: 5 }, 11, Array(10).fill(0)],
  ])('are told as %s with %o for %d s', (health, { waiting }, seconds, rates) => {
    const oldestAt = new Date(startedAt - seconds * 1_000).toISOString();
    expect(healthOf({ waiting, oldestAt }, rates, new Date(startedAt).toISOString())).toBe(health);
  });
});
