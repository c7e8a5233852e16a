import type { Verdict } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { junitText } from './junit.ts';
import { createReport } from './report.ts';
import { reportText } from './table.ts';

const scenario = (name: string, lost: number) => ({
  name,
  ok: lost === 0,
  sent: 10,
  accepted: 9,
  refused: 1,
  unanswered: 0,
  retries: 2,
  duplicates: 0,
  contacts: 3,
  lost,
  doubled: 0,
  unexpected: 0,
  unverified: 0,
});

const verdictOf = (name: string, lost: number): Verdict => ({
  ok: lost === 0,
  sent: 10,
  accepted: 9,
  unanswered: 0,
  retries: 2,
  duplicates: 0,
  refused: [{ status: 401, code: 'SIGNATURE_INVALID', count: 1, planted: true }],
  lost: Array.from({ length: lost }, () => ({
    contactId: 'c1',
    code: 'VERSION_BEHIND' as const,
    detail: 'version <1> & "2"',
    scenario: name,
    eventIds: ['evt_1'],
  })),
  doubled: [],
  unexpected: [],
  unverified: [],
  scenarios: [scenario(name, lost)],
  sending: { perSecond: 39.96, lateMs: 1 },
  fates: { applied: 8, unchanged: 0, superseded: 1, duplicate: 0, dead_letter: 0 },
  unverifiedFates: 0,
  latency: { samples: 2, unobserved: 0, p50Ms: 12.3, p99Ms: null },
  sampleContactIds: [],
});

const reportOf = (...lost: number[]) =>
  createReport(
    lost.map((count, index) => ({ id: `r${index}`, verdict: verdictOf(`s${index}`, count) })),
    1,
  );

describe('the report of simulate', () => {
  it('adds the runs up, a row a scenario', () => {
    expect(reportOf(0, 2)).toMatchObject({
      ok: false,
      seed: 1,
      sent: 20,
      accepted: 18,
      refused: 2,
      lost: 2,
      fates: { applied: 16, superseded: 2 },
      scenarios: [
        { name: 's0', ok: true, runId: 'r0', perSecond: 40, p50Ms: 12.3 },
        { name: 's1', ok: false, runId: 'r1' },
      ],
    });
    expect(reportOf(0, 0).ok).toBe(true);
  });

  it('is a table for people, which names what was found with its events', () => {
    const text = reportText(reportOf(0, 1));
    expect(text).toMatch(/^s0 +10 +9 +1 +2 +0 +0 +0 +0 +12 ms +– +ok$/m);
    expect(text).toMatch(/^s1 .*WRONG$/m);
    expect(text).toContain('lost: VERSION_BEHIND');
    expect(text).toContain('evt_1');
    expect(text).toContain('Fates: 16 applied');
    expect(text).toContain('Something is wrong.');
    expect(reportText(reportOf(0))).toContain('All is as it ought to be.');
  });

  it('is JUnit XML with a test case a scenario, and a failure where one is not well', () => {
    const xml = junitText(reportOf(0, 1));
    expect(xml).toContain('<testsuite name="simulate" tests="2" failures="1">');
    expect(xml).toContain('<testcase classname="simulate" name="s0"/>');
    expect(xml).toContain('<failure message="1 lost, 0 doubled, 0 wrong, 0 unverified">');
    expect(xml).toContain('version &lt;1&gt; &amp; &quot;2&quot;');
  });
});
