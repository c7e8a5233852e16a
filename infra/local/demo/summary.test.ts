import type { Verdict } from '@contact-sync/api-contracts';
import { expect, test } from 'vitest';
import { createReport } from './report.ts';
import { summarize } from './summary.ts';

const verdict: Verdict = {
  ok: true,
  sent: 552,
  accepted: 550,
  unanswered: 0,
  retries: 1,
  duplicates: 48,
  refused: [
    { status: 401, code: 'SIGNATURE_INVALID', count: 1, planted: true },
    { status: 400, code: 'MALFORMED_BODY', count: 1, planted: true },
  ],
  lost: [],
  doubled: [],
  unexpected: [],
  unverified: [],
  scenarios: [],
  sending: { perSecond: 100, lateMs: 0 },
  fates: { applied: 480, unchanged: 0, superseded: 20, duplicate: 2, dead_letter: 0 },
  unverifiedFates: 0,
  latency: { samples: 100, unobserved: 0, p50Ms: 41.2, p99Ms: 180 },
  sampleContactIds: ['c1'],
};

test('counts a duplicate once, whoever recognised it, so that the fates add up to what was accepted', () => {
  const report = createReport(verdict, 12.5);
  expect(report).toMatchObject({
    accepted: 550,
    refused: 2,
    duplicate: 50,
    lost: 0,
    doubled: 0,
    startupSeconds: 12.5,
  });
  const { applied, unchanged, superseded, duplicate, deadLetters } = report;
  expect(applied + unchanged + superseded + duplicate + deadLetters).toBe(report.accepted);
  // Two of the repeats came while Redis was too slow to tell, and were published again.
  expect(createReport({ ...verdict, duplicates: 46 }, 12.5)).toMatchObject({ duplicate: 50, withoutFate: 0 });
});

test('says in the first line whether all is well, and why a delivery was refused', () => {
  const lines = summarize(createReport(verdict, 12.5), verdict);
  expect(lines[0]).toContain('had it once');
  expect(lines.join('\n')).toContain('1 with 401 SIGNATURE_INVALID, planted');
});

test('names what was lost and which fates are missing', () => {
  const finding = { contactId: 'c1', code: 'VERSION_BEHIND', detail: 'version 3' } as const;
  const fateless = { contactId: 'c2', code: 'NO_FATE' } as const;
  const fates = { ...verdict.fates, applied: 479 };
  const lost = [...Array.from({ length: 6 }, () => finding), fateless];
  const bad = { ...verdict, ok: false, fates, lost };
  const text = summarize(createReport(bad, 1), bad).join('\n');
  expect(text).toContain('Something is wrong');
  expect(text).toContain('lost: c1 VERSION_BEHIND version 3');
  expect(text).toContain('and 2 more');
  expect(text).toContain('1 accepted without a fate');
});
