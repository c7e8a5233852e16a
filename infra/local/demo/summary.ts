import type { Verdict } from '@contact-sync/api-contracts';
import type { Report } from './report.ts';

const SHOWN_FINDINGS = 5;

/** The result for people, in lines. */
export function summarize(report: Report, verdict: Verdict): string[] {
  const { accepted, applied, unchanged, superseded, duplicate, deadLetters, withoutFate } = report;
  const row = (label: string, value: string | number) => `  ${label.padEnd(18)}${value}`;
  const ms = (value: number | null) => (value === null ? 'not seen' : `${value} ms`);
  return [
    report.ok ? 'Every accepted event had its effect, and had it once.' : 'Something is wrong, see below.',
    row('sent', `${report.sent} deliveries (${verdict.retries} repeated attempts)`),
    row('accepted', accepted),
    ...verdict.refused.map(({ status, code, count, planted }) =>
      row('refused', `${count} with ${status} ${code}${planted ? ', planted' : ', NOT PLANTED'}`),
    ),
    ...(report.unanswered > 0 ? [row('unanswered', report.unanswered)] : []),
    row('fates', `${applied} applied, ${unchanged} unchanged, ${superseded} superseded,`),
    row('', `${duplicate} duplicate (${verdict.duplicates} known to ingest), ${deadLetters} dead letters`),
    ...(withoutFate === 0 ? [] : [row('', `${withoutFate} accepted without a fate`)]),
    row('lost', report.lost),
    row('doubled', report.doubled),
    ...(report.unexpected > 0 ? [row('unexpected', report.unexpected)] : []),
    ...(report.unverified > 0 ? [row('unverified', report.unverified)] : []),
    ...findings(verdict),
    row(
      'send to visible',
      `p50 ${ms(report.p50Ms)}, p99 ${ms(report.p99Ms)} (${verdict.latency.samples} timed)`,
    ),
    row('start-up', `${report.startupSeconds} s`),
  ];
}

function findings(verdict: Verdict): string[] {
  const all = (['lost', 'doubled', 'unexpected', 'unverified'] as const).flatMap((kind) =>
    verdict[kind].map(({ contactId, code, detail }) =>
      `    ${kind}: ${contactId} ${code} ${detail ?? ''}`.trimEnd(),
    ),
  );
  const more = all.length > SHOWN_FINDINGS ? [`    and ${all.length - SHOWN_FINDINGS} more`] : [];
  return [...all.slice(0, SHOWN_FINDINGS), ...more];
}
