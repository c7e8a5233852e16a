import type { Progress, Run, RunState } from '@contact-sync/api-contracts';
import { createTally, type Tally } from '../domain/delivery/tally.ts';
import type { MadeEdit } from '../domain/oracle/evidence.ts';
import type { RunScript } from '../domain/scenario/compose.ts';
import type { ContactEditor, DeliveryLog } from '../ports.ts';
import type { DeliverDependencies } from './deliver.ts';
import { type DeliveryFacts, deliverLogged } from './deliver-logged.ts';
import type { LatencyProbe } from './latency-probe.ts';
import { makeEdits } from './make-edits.ts';
import { openLoop, type Sending } from './open-loop.ts';

/** Takes note of how far a run has come. */
export type Report = (change: { state?: RunState; progress?: Partial<Progress> }) => void;

export type SendDependencies = Omit<DeliverDependencies, 'onAttempt'> & {
  /** Of the endpoint, for the log. */
  readonly target: string;
  readonly log: Pick<DeliveryLog, 'add'>;
  /** Rising with time. */
  readonly newId: () => string;
  readonly editor: ContactEditor;
};

/** A run on its way. */
export type Underway = {
  readonly run: Run;
  readonly script: RunScript;
  readonly signal: AbortSignal;
  readonly report: Report;
};

type Stage = SendDependencies & Underway;

export type Sent = { readonly tally: Tally; readonly sending: Sending; readonly edits: readonly MadeEdit[] };

type PlannedDelivery = RunScript['deliveries'][number];

const MAX_IDS_TOLD = 100;

const factsOf = ({ run, target }: Stage, { part, about, events }: PlannedDelivery): DeliveryFacts => {
  const scenario = run.options.scenarios[part]?.name;
  const told = events.length > 0 ? events : [about];
  return {
    runId: run.id,
    ...(scenario !== undefined && { scenario }),
    eventIds: told.slice(0, MAX_IDS_TOLD).map(({ webhook }) => webhook.id),
    acmeId: about.acmeId,
    target,
  };
};

/** Sends what the script has and makes its edits, each when it is due, and tells what was answered. */
export const sendScript = async (stage: Stage, probe: LatencyProbe): Promise<Sent> => {
  const { run, script, clock, signal, report, editor } = stage;
  const { scenarios, latencySampleEvery, settleTimeoutSeconds } = run.options;
  const tally = createTally(scenarios.length);
  let timed = 0;
  const sendOne = async (delivery: PlannedDelivery, dueAt: number) => {
    const { manner, about } = delivery;
    const sendable = { messageId: about.webhook.id, body: delivery.body(), manner };
    const result = await deliverLogged(sendable, factsOf(stage, delivery), stage, signal);
    tally.add(delivery, result);
    const { sent, accepted, refused } = tally.counts();
    report({ progress: { sent, accepted, refused } });
    const [event] = delivery.events;
    if (result.kind !== 'accepted' || !event || event.conflicts || delivery.repeat) return;
    if (timed % latencySampleEvery === 0)
      probe.watch(event.contactId, { version: event.version, begunAt: dueAt });
    timed += 1;
  };
  const lastAt = script.deliveries.at(-1)?.at ?? 0;
  const deadline = clock.now() + lastAt + settleTimeoutSeconds * 1_000;
  const [sending, edits] = await Promise.all([
    openLoop(script.deliveries, sendOne, { clock, signal }),
    makeEdits(script.edits, editor, { clock, signal, deadline }),
  ]);
  return { tally: tally.current(), sending, edits };
};
