import type { ApiRoutes, CallAnswer } from '@contact-sync/client';
import { UsageError } from '../api/usage-error.ts';
import type { OpsContext } from '../context.ts';
import { table } from '../terminal/table.ts';
import { type SelectOptions, selectionOf } from './selection.ts';

type Replay = CallAnswer<ApiRoutes['getReplay']>['body'];

export type ReplayOptions = SelectOptions & {
  readonly reason: string;
  readonly rate?: string;
  readonly wait: boolean;
  readonly json?: true;
};

const countsText = ({ planned, sent, refused, parked, gone, returned }: Replay['progress']): string =>
  [
    `${sent} of ${planned} sent`,
    ...(returned > 0 ? [`${returned} came back`] : []),
    ...(refused > 0 ? [`${refused} refused again`] : []),
    ...(parked > 0 ? [`${parked} parked`] : []),
    ...(gone > 0 ? [`${gone} gone`] : []),
  ].join(', ');

const progressText = ({ state, progress, failure }: Replay): string =>
  `${state}: ${countsText(progress)}${failure === undefined ? '' : ` (${failure}; it tries on)`}`;

const hasEnded = ({ state }: Replay): boolean => state === 'done' || state === 'cancelled';

/** Ctrl-C ends the waiting, not the replay. */
const waitFor = async ({ api, terminal, pause, signal }: OpsContext, id: string): Promise<Replay> => {
  const client = api();
  for (;;) {
    const { body } = await client.getReplay({ params: { id } });
    if (hasEnded(body) || signal.aborted) return body;
    terminal.progress(progressText(body));
    await pause();
  }
};

const rateOf = (rate: string | undefined) => {
  if (rate === undefined) return {};
  if (!/^[1-9]\d{0,4}$/.test(rate)) throw new UsageError('--rate takes a whole number from 1 to 10,000');
  return { ratePerSecond: Number(rate) };
};

/** `dead-letters replay`: begins one and follows it. */
export const replayLetters = async (context: OpsContext, options: ReplayOptions): Promise<void> => {
  const { api, terminal, fail } = context;
  const body = { select: selectionOf(options), reason: options.reason, ...rateOf(options.rate) };
  const { id } = (await api().startReplay({ body })).body;
  if (!options.wait) {
    terminal.result(options.json ? JSON.stringify({ id }) : `The replay ${id} has begun.`);
    return;
  }
  const replay = await waitFor(context, id);
  const { sent, planned } = replay.progress;
  if (replay.state !== 'done' || sent < planned) fail();
  terminal.result(options.json ? JSON.stringify(replay) : `Replay ${id} ${progressText(replay)}.`);
};

/** `dead-letters replays`. */
export const listReplays = async (
  { api, terminal }: OpsContext,
  options: { readonly json?: true },
): Promise<void> => {
  const { items } = (await api().listReplays()).body;
  const rows = items.map(({ startedAt, state, by, request, progress, id }) => [
    startedAt,
    state,
    countsText(progress),
    by,
    request.reason,
    id,
  ]);
  const text = table(['began', 'state', 'letters', 'who', 'why', 'id'], rows);
  terminal.result(options.json ? JSON.stringify(items) : text);
};

/** `dead-letters cancel`. */
export const cancelReplay = async ({ api, terminal }: OpsContext, id: string): Promise<void> => {
  const { body } = await api().cancelReplay({ params: { id } });
  terminal.result(`Replay ${id} ${progressText(body)}.`);
};
