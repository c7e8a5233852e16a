import type { Row } from './row.ts';

/** All that one bench found; `--json` prints it as it is. */
export type Report = {
  readonly bench: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  /** What a reader has to know before quoting a figure. */
  readonly notes: readonly string[];
};

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 0 });

const text = (value: number | null, format: Intl.NumberFormat): string =>
  value === null ? '-' : format.format(value);

const metText = { true: 'yes', false: 'NO', null: '-' } as const;

const header = ['', 'value', 'unit', 'spread', 'ceiling', 'ratio', 'goal', 'met'];

const cellsOf = (row: Row): string[] => [
  row.name,
  text(row.value, number),
  row.unit,
  text(row.spread, percent),
  text(row.ceiling, number),
  text(row.ratio, number),
  row.goal ?? '-',
  metText[`${row.met}`],
];

/** Columns that hold figures are set flush right. */
const flushRight = new Set([1, 3, 4, 5]);

const table = (lines: readonly (readonly string[])[]): string => {
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const cell = (content: string, column: number) =>
    flushRight.has(column) ? content.padStart(widths[column] ?? 0) : content.padEnd(widths[column] ?? 0);
  return lines.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
};

/** The report for a person: what was measured where, the table, and how not to misread it. */
export const reportText = ({ bench, machine, versions, rows, notes }: Report): string =>
  [
    '',
    `bench ${bench}`,
    machine,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    '',
    table([header, ...rows.map(cellsOf)]),
    '',
    ...notes.map((note) => `- ${note}`),
  ].join('\n');
