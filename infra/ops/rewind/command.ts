import type { ApiRoutes, CallAnswer } from '@contact-sync/client';
import type { Command } from 'commander';
import { UsageError } from '../api/usage-error.ts';
import type { OpsContext } from '../context.ts';

type Rewind = CallAnswer<ApiRoutes['getRewind']>['body'];

type RewindOptions = { readonly to?: string; readonly dryRun?: true; readonly json?: true };

const textOf = ({ state, progress, failure }: Rewind): string => {
  const { planned, read, lifted, applied, unchanged, superseded, duplicate, failed } = progress;
  const fates = `${applied} applied, ${unchanged} unchanged, ${superseded} superseded, ${duplicate} known, ${failed} failed`;
  const trouble = failure === undefined ? '' : ` (${failure}; it tries on)`;
  return `${state}: ${read} of ${planned} records read, ${lifted} contacts lifted, ${fates}${trouble}`;
};

/** Ctrl-C ends the waiting, not the rewind. */
const waitFor = async ({ api, terminal, pause, signal }: OpsContext, id: string): Promise<Rewind> => {
  const client = api();
  for (;;) {
    const { body } = await client.getRewind({ params: { id } });
    if (body.state === 'done' || body.state === 'cancelled' || signal.aborted) return body;
    terminal.progress(textOf(body));
    await pause();
  }
};

const rewind = async (context: OpsContext, { to, dryRun, json }: RewindOptions): Promise<void> => {
  const { api, terminal, fail } = context;
  if (to === undefined) throw new UsageError('--to <time> is needed: from when on to read again');
  const { body } = await api().startRewind({ body: { to, ...(dryRun && { dryRun }) } });
  const done = await waitFor(context, body.id);
  if (done.state !== 'done') fail();
  const note = dryRun ? ' Nothing was written.' : '';
  terminal.result(json ? JSON.stringify(done) : `Rewind ${done.id} ${textOf(done)}.${note}`);
};

/** Exit code 1 where it had ended before. */
const cancel = async (
  { api, terminal, fail }: OpsContext,
  id: string,
  { json }: Pick<RewindOptions, 'json'>,
) => {
  const { body } = await api().cancelRewind({ params: { id } });
  if (body.state !== 'cancelled') fail();
  terminal.result(json ? JSON.stringify(body) : `Rewind ${id} ${textOf(body)}.`);
};

/** `npm run ops -- rewind --to TIME` (design section 5) and `rewind cancel <id>`. */
export const addRewind = (program: Command, context: OpsContext): void => {
  const rewinds = program
    .command('rewind')
    .description('reads the events since a time again, after a loss of data')
    .option('--to <time>', 'from then on (RFC 3339)')
    .option('--dry-run', 'tells what would come of it and writes nothing')
    .option('--json', 'one JSON value instead of text')
    .action((options) => rewind(context, options));
  rewinds
    .command('cancel')
    .description('ends a rewind early; what it has applied stays')
    .argument('<id>', 'as the rewind told it when it began')
    .option('--json', 'one JSON value instead of text')
    .action((id, options) => cancel(context, id, options));
};
