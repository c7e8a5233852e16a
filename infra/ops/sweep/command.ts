import type { ApiRoutes, CallAnswer } from '@contact-sync/client';
import type { Command } from 'commander';
import { UsageError } from '../api/usage-error.ts';
import type { OpsContext } from '../context.ts';

type Sweep = CallAnswer<ApiRoutes['getSweep']>['body'];

type SweepOptions = {
  readonly full?: true;
  readonly dryRun?: true;
  readonly rate?: string;
  readonly json?: true;
};

const textOf = ({ state, progress, failure }: Sweep): string => {
  const { read, agreed, imported, healed, missedVersions, young, checkedHere } = progress;
  const { behindThere, differs, onlyHere, notCreated, createPending, unreadable } = progress;
  const here = checkedHere > 0 ? `, ${checkedHere} looked for there` : '';
  const trouble = failure === undefined ? '' : ` (${failure}; it tries on)`;
  return (
    `${state}: ${read} records read${here}: ${agreed} agree, ${imported} imported, ` +
    `${healed} healed of ${missedVersions} missed versions, ${young} young, ${behindThere} behind there, ` +
    `${differs} differ, ${onlyHere} only here, ${notCreated} not created there, ${createPending} creates pending, ` +
    `${unreadable} unreadable${trouble}`
  );
};

const findingText = (finding: Sweep['findings'][number]): string => {
  const { difference, acmeId, contactId, here, there, pointer, why } = finding;
  return [
    `  ${difference}: ${acmeId ?? 'no record'}`,
    ...(contactId === undefined ? [] : [`contact ${contactId}`]),
    ...(acmeId === undefined ? [] : [`here ${here ?? 'none'}, there ${there ?? 'none'}`]),
    ...(pointer === undefined ? [] : [`at ${pointer}`]),
    ...(why === undefined ? [] : [why]),
  ].join(', ');
};

const verdictOf = ({ agrees, request }: Sweep): string => {
  const note = request.dryRun ? ' Nothing was published.' : '';
  if (agrees === undefined) return note;
  return agrees ? ' Both sides agree.' : ` The two sides did not agree.${note}`;
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

const sweep = async (context: OpsContext, { full, dryRun, rate, json }: SweepOptions): Promise<void> => {
  const { api, terminal, fail } = context;
  const request = { ...(full && { full }), ...(dryRun && { dryRun }), ...rateOf(rate) };
  const { body } = await api().startSweep({ body: request });
  const done = await waitFor(context, body.id);
  if (done.state !== 'done' || done.agrees === false) fail();
  const lines = [`Sweep ${done.id} ${textOf(done)}.${verdictOf(done)}`, ...done.findings.map(findingText)];
  terminal.result(json ? JSON.stringify(done) : lines.join('\n'));
};

/** `npm run ops -- sweep` (design section 6); exit code 1 where a full one did not find both sides alike. */
export const addSweep = (program: Command, context: OpsContext): void => {
  program
    .command('sweep')
    .description('compares AcmeCRM with what is held of it, and takes what is newer there')
    .option('--full', 'all of both sides, which proves agreement')
    .option('--dry-run', 'tells what would come of it and publishes nothing')
    .option('--rate <per second>', 'records a second at most')
    .option('--json', 'one JSON value instead of text')
    .action((options) => sweep(context, options));
};
