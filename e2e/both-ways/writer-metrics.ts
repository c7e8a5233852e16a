import type { System } from '../src/system.ts';

/** What event-worker tells of its way to AcmeCRM. */
export type WriterMetrics = {
  /** Changes that are not settled. */
  readonly lag: number;
  /** Times that it had to wait because AcmeCRM took nothing. */
  readonly pauses: number;
  /** Changes that went to a retry tier. */
  readonly later: number;
  readonly letters: number;
};

export const readWriter = async ({ workerOpsUrl }: Pick<System, 'workerOpsUrl'>): Promise<WriterMetrics> => {
  const text = await (await fetch(`${workerOpsUrl}/metrics`)).text();
  const sumOf = (series: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`contact_sync_write_back_${series}`))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  return {
    lag: sumOf('lag_records'),
    pauses: sumOf('pauses_total{cause="dependency"'),
    later: sumOf('changes_total{end="later"'),
    letters: sumOf('changes_total{end="dead_letter"'),
  };
};
