import type { Run } from '@contact-sync/api-contracts';
import { expect, it } from 'vitest';
import { compareRuns } from './compare-runs.ts';

const verdict = (sent: number, lost: number): NonNullable<Run['verdict']> => ({
  ok: lost === 0,
  sent,
  accepted: sent,
  unanswered: 0,
  retries: 0,
  duplicates: 0,
  refused: [{ status: 401, code: 'SIGNATURE_INVALID', count: 3, planted: true }],
  lost: Array.from({ length: lost }, () => ({ contactId: 'c', code: 'NOTHING_STORED' as const })),
  doubled: [],
  unexpected: [],
  unverified: [],
  scenarios: [],
  sending: { perSecond: 40, lateMs: 1 },
  fates: { applied: sent, unchanged: 0, superseded: 0, duplicate: 0, dead_letter: 0 },
  unverifiedFates: 0,
  latency: { samples: 0, unobserved: 0, p50Ms: null, p99Ms: null },
  sampleContactIds: [],
});

const runOf = (of: Run['verdict']): Run => ({
  id: 'r',
  state: of ? 'done' : 'stopped',
  options: { scenarios: [], seed: 1, settleTimeoutSeconds: 60, latencySampleEvery: 5 },
  progress: { planned: 0, sent: 0, accepted: 0, refused: 0, contacts: 0, settled: 0, verified: 0 },
  startedAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-24T09:30:00.000Z',
  ...(of && { verdict: of }),
});

it('sets runs side by side, and marks faults that only some have but no other number', () => {
  const measures = compareRuns([runOf(verdict(60, 0)), runOf(verdict(120, 2)), runOf(undefined)]);
  const named = (name: string) => measures.find((measure) => measure.name === name);
  expect(named('Sent')).toEqual({ name: 'Sent', values: [60, 120, undefined], differs: false });
  expect(named('Refused')?.values).toEqual([3, 3, undefined]);
  expect(named('Lost')).toEqual({ name: 'Lost', values: [0, 2, undefined], differs: true });
  expect(named('Latency p50, ms')?.values).toEqual([undefined, undefined, undefined]);
});
