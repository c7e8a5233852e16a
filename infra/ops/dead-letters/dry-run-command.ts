import type { ApiRoutes, CallAnswer } from '@contact-sync/client';
import type { OpsContext } from '../context.ts';
import { table } from '../terminal/table.ts';
import { type SelectOptions, selectionOf } from './selection.ts';

type Outcome = CallAnswer<ApiRoutes['dryRunDeadLetters']>['body']['items'][number];

const whyOf = ({ changes = [], code, pointer }: Outcome): string =>
  code === undefined
    ? changes
        .map(({ field, from, to }) => `${field}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`)
        .join(', ')
    : `${code} ${pointer ?? ''}`.trim();

const countsOf = (outcomes: readonly Outcome[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(outcomes, ({ outcome }) => outcome)].map(([outcome, own]) => [outcome, own.length]),
  );

/** How many a person reads; the counts are of all. */
const shown = 50;

const reportText = (outcomes: readonly Outcome[]): string => {
  if (outcomes.length === 0) return 'No open letters are meant.';
  const rows = outcomes.slice(0, shown).map((one) => [one.outcome, one.eventId ?? '-', one.id, whyOf(one)]);
  const counts = Object.entries(countsOf(outcomes)).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    table(['would be', 'event', 'id', 'changes, or why not'], rows),
    ...(outcomes.length > shown ? [`and ${outcomes.length - shown} more`] : []),
    '',
    `${counts.join(', ')}. Nothing was written.`,
  ].join('\n');
};

/** `dead-letters dry-run`: what a replay would come to, page by page. */
export const dryRunLetters = async (
  { api, terminal, signal }: OpsContext,
  options: SelectOptions & { readonly json?: true },
): Promise<void> => {
  const select = selectionOf(options);
  const client = api();
  const outcomes: Outcome[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await client.dryRunDeadLetters(
      { body: { select, ...(cursor !== undefined && { cursor }) } },
      { signal },
    );
    outcomes.push(...body.items);
    cursor = body.nextCursor;
    terminal.progress(`${outcomes.length} letters tried`);
  } while (cursor !== undefined);
  const report = { counts: countsOf(outcomes), items: outcomes };
  terminal.result(options.json ? JSON.stringify(report) : reportText(outcomes));
};
