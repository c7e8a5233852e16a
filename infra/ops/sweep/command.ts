import type { Command } from 'commander';
import { UsageError } from '../api/usage-error.ts';
import type { OpsContext } from '../context.ts';
import { cancelSweep, listSweeps } from './kept-sweeps.ts';
import { findingText, type Sweep, textOf, verdictOf } from './texts.ts';

type SweepOptions = {
  readonly full?: true;
  readonly dryRun?: true;
  readonly rate?: string;
  readonly json?: true;
};

/** Ctrl-C ends the waiting, not the sweep. */
const waitFor = async ({ api, terminal, pause, signal }: OpsContext, id: string): Promise<Sweep> => {
  const client = api();
  for (;;) {
    const { body } = await client.getSweep({ params: { id } });
    if (body.state === 'done' || body.state === 'cancelled' || signal.aborted) return body;
    terminal.progress(textOf(body));
    await pause();
  }
};

const rateOf = (rate: string | undefined) => {
  if (rate === undefined) return {};
  if (/^[1-9]\d{0,4}$/.test(rate)) return { ratePerSecond: Number(rate) };
  throw new UsageError(`--rate ${rate}: must be a whole number of records`);
};

/** Exit code 1 where it was cancelled, or a full one did not find both sides alike. */
const sweep = async (context: OpsContext, { full, dryRun, rate, json }: SweepOptions): Promise<void> => {
  const { api, terminal, fail } = context;
  const request = { ...(full && { full }), ...(dryRun && { dryRun }), ...rateOf(rate) };
  const { body } = await api().startSweep({ body: request });
  const done = await waitFor(context, body.id);
  if (done.state !== 'done' || done.agrees === false) fail();
  const lines = [`Sweep ${done.id} ${textOf(done)}.${verdictOf(done)}`, ...done.findings.map(findingText)];
  terminal.result(json ? JSON.stringify(done) : lines.join('\n'));
};

/** `npm run ops -- sweep` (design section 6), `sweep list` and `sweep cancel <id>`. */
export const addSweep = (program: Command, context: OpsContext): void => {
  const sweeps = program
    .command('sweep')
    .description('compares AcmeCRM with what is held of it, and takes what is newer there')
    .option('--full', 'all of both sides, which proves agreement')
    .option('--dry-run', 'tells what would come of it and publishes nothing')
    .option('--rate <per second>', 'records a second at most')
    .option('--json', 'one JSON value instead of text')
    .action((options) => sweep(context, options));
  sweeps
    .command('list')
    .description('the last sweeps, those that were begun by the clock too')
    .option('--json', 'one JSON value instead of text')
    .action((options) => listSweeps(context, options));
  sweeps
    .command('cancel')
    .description('ends a sweep early; what it has published stays')
    .argument('<id>', 'as the list names it')
    .option('--json', 'one JSON value instead of text')
    .action((id, options) => cancelSweep(context, id, options));
};
