import { describe, expect, it } from 'vitest';
import { createTally } from './delivery/tally.ts';
import { joinFindings } from './oracle/finding.ts';
import { resolveOptions } from './run-options.ts';
import { conclude } from './verdict.ts';

const partsOf = (lost: readonly string[]) => {
  const resolved = resolveOptions({ scenarios: [{ name: 'steady' }, { name: 'burst' }] });
  if ('faults' in resolved) throw new Error('the scenarios are there');
  const contacts = ['c0', 'c1'].map((contactId, part) => ({
    contactId,
    acmeId: contactId,
    events: [],
    part,
  }));
  return {
    options: resolved.options,
    contacts,
    tally: createTally(2).current(),
    findings: joinFindings([
      { lost: lost.map((contactId) => ({ contactId, code: 'NOTHING_STORED' as const })) },
    ]),
    fates: {
      fates: { applied: 0, unchanged: 0, superseded: 0, duplicate: 0, dead_letter: 0 },
      unverifiedFates: 0,
    },
    sending: { perSecond: 1, lateMs: 0 },
    latency: { samples: 0, unobserved: 0, p50Ms: null, p99Ms: null },
    sampleContactIds: [],
  };
};

describe('conclude', () => {
  it('names the scenario of each finding and fails that scenario alone', () => {
    const verdict = conclude(partsOf(['c1']));
    expect(verdict).toMatchObject({ ok: false, lost: [{ contactId: 'c1', scenario: 'burst' }] });
    expect(verdict.scenarios.map(({ name, ok, lost }) => [name, ok, lost])).toEqual([
      ['steady', true, 0],
      ['burst', false, 1],
    ]);
  });

  it('lists 200 findings of a kind and counts all', () => {
    const verdict = conclude(partsOf(Array.from({ length: 300 }, () => 'c0')));
    expect([verdict.lost.length, verdict.scenarios[0]?.lost]).toEqual([200, 300]);
  });

  it('is well where nothing was found', () => {
    expect(conclude(partsOf([])).ok).toBe(true);
  });
});
