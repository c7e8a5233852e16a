import type { RemapTally } from '../domain/remap-tally.ts';
import type { Example, Failure } from './examples.ts';

/** What a run came to; its JSON is what `--json` prints. */
export type RemapReport = RemapTally & {
  readonly mappingId: string;
  readonly dryRun: boolean;
  /** Whether every contact was met. */
  readonly complete: boolean;
  /** The first few. */
  readonly examples: readonly Example[];
  /** The first thousand; every one was told of as it was met. */
  readonly failures: readonly Failure[];
};

const count = (value: number): string => value.toLocaleString('en-US').padStart(12);

const changeText = ({ field, ...values }: Example['changes'][number]): string =>
  'from' in values ? `${field}: ${JSON.stringify(values.from)} → ${JSON.stringify(values.to)}` : field;

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const endText = ({ complete, dryRun }: RemapReport): string => {
  if (!complete) return 'Stopped before the end. The same command goes on from here.';
  return dryRun ? 'Nothing was written.' : 'Every contact was met.';
};

/** For people. */
export const reportText = (report: RemapReport): string => {
  const fields = Object.entries(report.fields).sort(([, one], [, other]) => other - one);
  return [
    `Mapping ${report.mappingId}`,
    `${count(report.remapped)}  ${report.dryRun ? 'would change' : 'changed'}`,
    `${count(report.noted)}  without a field that moves`,
    `${count(report.current)}  under this mapping already`,
    `${count(report.failed)}  cannot be mapped`,
    ...section(
      'Contacts in which a field moved',
      fields.map(([field, times]) => `${count(times)}  ${field}`),
    ),
    ...section(
      'Examples',
      report.examples.map(({ id, changes }) => `${id}  ${changes.map(changeText).join(', ')}`),
    ),
    '',
    endText(report),
  ].join('\n');
};
