import type { OpsContext } from '../context.ts';
import { table } from '../terminal/table.ts';
import { type Sweep, textOf } from './texts.ts';

type JsonOption = { readonly json?: true };

const kindOf = ({ request: { full, dryRun } }: Pick<Sweep, 'request'>): string =>
  [full ? 'full' : 'since the last', ...(dryRun ? ['dry run'] : [])].join(', ');

/** `sweep list`: newest first. */
export const listSweeps = async ({ api, terminal }: OpsContext, { json }: JsonOption): Promise<void> => {
  const { items } = (await api().listSweeps()).body;
  const rows = items.map((sweep) => [
    sweep.id,
    sweep.failure === undefined ? sweep.state : `${sweep.state}: ${sweep.failure}`,
    kindOf(sweep),
    sweep.startedAt,
    sweep.by,
    String(sweep.progress.read),
  ]);
  const text = table(['ID', 'STATE', 'KIND', 'STARTED', 'BY', 'READ'], rows);
  terminal.result(json ? JSON.stringify(items) : text);
};

/** `sweep cancel`; exit code 1 where it had ended before. */
export const cancelSweep = async (
  { api, terminal, fail }: OpsContext,
  id: string,
  { json }: JsonOption,
): Promise<void> => {
  const { body } = await api().cancelSweep({ params: { id } });
  if (body.state !== 'cancelled') fail();
  terminal.result(json ? JSON.stringify(body) : `Sweep ${id} ${textOf(body)}.`);
};
