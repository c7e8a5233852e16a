import type { Report } from './report.ts';

const SHOWN_FINDINGS = 20;

type Row = readonly string[];

const heading: Row = [
  'scenario',
  'sent',
  '2xx',
  'refused',
  'again',
  'lost',
  'doubled',
  'wrong',
  'unknown',
  'p50',
  'p99',
  '',
];

const ms = (value: number | null): string => (value === null ? '–' : `${Math.round(value)} ms`);

const rowsOf = ({ scenarios }: Report): Row[] =>
  scenarios.map((scenario) => [
    scenario.name,
    ...[scenario.sent, scenario.accepted, scenario.refused, scenario.retries].map(String),
    ...[scenario.lost, scenario.doubled, scenario.unexpected, scenario.unverified].map(String),
    ms(scenario.p50Ms),
    ms(scenario.p99Ms),
    scenario.ok ? 'ok' : 'WRONG',
  ]);

const aligned = (rows: readonly Row[]): string[] => {
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
};

const findingsOf = ({ findings }: Report): string[] => {
  const lines = findings.map(
    ({ kind, contactId, code, detail = '', scenario = '', eventIds = [] }) =>
      `${kind}: ${code} ${detail} (${scenario}, contact ${contactId}, events ${eventIds.join(' ')})`,
  );
  const more = lines.length > SHOWN_FINDINGS ? [`and ${lines.length - SHOWN_FINDINGS} more`] : [];
  return [...lines.slice(0, SHOWN_FINDINGS), ...more];
};

const fatesText = ({ fates, unverifiedFates }: Report): string => {
  const told = Object.entries(fates).map(([fate, count]) => `${count} ${fate.replace('_', ' ')}`);
  return unverifiedFates > 0
    ? `Fates: ${unverifiedFates} accepted events unverified, the system does not tell of them.`
    : `Fates: ${told.join(', ')}.`;
};

/** The result for people. */
export const reportText = (report: Report): string =>
  [
    ...aligned([heading, ...rowsOf(report)]),
    ...findingsOf(report),
    fatesText(report),
    `${report.sent} deliveries, ${report.accepted} accepted, ${report.refused} refused: ${report.lost} lost, ` +
      `${report.doubled} doubled, ${report.unexpected} wrong, ${report.unverified} unverified. ` +
      (report.ok ? 'All is as it ought to be.' : 'Something is wrong.'),
  ].join('\n');
