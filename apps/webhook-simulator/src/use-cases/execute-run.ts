import type { Latency, Progress, Run, RunState, Verdict } from '@contact-sync/api-contracts';
import { createTally, type Tally } from '../domain/delivery/tally.ts';
import { judgeRun, sampleContacts } from '../domain/judge-run.ts';
import { type Evidence, gatherEvidence, type MadeEdit } from '../domain/oracle/evidence.ts';
import { joinFindings } from '../domain/oracle/finding.ts';
import { judgeFates } from '../domain/oracle/judge-fates.ts';
import { compose, type RunScript } from '../domain/scenario/compose.ts';
import { conclude } from '../domain/verdict.ts';
import type {
  Clock,
  ContactEditor,
  ContactReader,
  DeliveryLog,
  FateReader,
  WebhookEndpoint,
} from '../ports.ts';
import { awaitFates } from './await-fates.ts';
import { type DeliveryFacts, deliverLogged } from './deliver-logged.ts';
import { createLatencyProbe, type LatencyProbe } from './latency-probe.ts';
import { makeEdits } from './make-edits.ts';
import { openLoop, type Sending } from './open-loop.ts';
import { readViews } from './read-views.ts';
import { settle } from './settle.ts';

export type ExecuteDependencies = {
  readonly endpoint: WebhookEndpoint;
  /** Of the endpoint, for the log. */
  readonly target: string;
  readonly log: Pick<DeliveryLog, 'add'>;
  /** Rising with time. */
  readonly newId: () => string;
  readonly reader: ContactReader;
  readonly editor: ContactEditor;
  readonly fates: FateReader;
  readonly clock: Clock;
  readonly random: () => number;
};

/** Takes note of how far a run has come. */
export type Report = (change: { state?: RunState; progress?: Partial<Progress> }) => void;

type Stage = ExecuteDependencies & {
  readonly run: Run;
  readonly script: RunScript;
  readonly signal: AbortSignal;
  readonly report: Report;
};

/** For what is still watched when all contacts have settled. */
const PROBE_GRACE_MS = 2_000;
const VERIFY_TIMEOUT_MS = 180_000;
const FATES_TIMEOUT_MS = 15_000;
const SAMPLES = 5;

type Sent = { readonly tally: Tally; readonly sending: Sending; readonly edits: readonly MadeEdit[] };

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

const send = async (stage: Stage, probe: LatencyProbe): Promise<Sent> => {
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

const waitUntilSettled = async (
  stage: Stage,
  evidence: readonly Evidence[],
  probe: LatencyProbe,
): Promise<Latency> => {
  const { run, reader, clock, signal, report } = stage;
  const deadline = clock.now() + run.options.settleTimeoutSeconds * 1_000;
  const settled = await settle(evidence, reader, { clock, deadline, signal }, (count) =>
    report({ progress: { settled: count } }),
  );
  return probe.finish(settled ? PROBE_GRACE_MS : 0);
};

const verify = async (stage: Stage, evidence: readonly Evidence[]) => {
  const { reader, fates, clock, signal, report } = stage;
  const within = (ms: number) => ({ clock, deadline: clock.now() + ms, signal });
  const eventIds = evidence.flatMap(({ accepted }) => accepted.map(({ webhook }) => webhook.id));
  const judged = judgeFates(evidence, await awaitFates(eventIds, fates, within(FATES_TIMEOUT_MS)));
  const ids = evidence.map(({ contactId }) => contactId);
  const readings = await readViews(ids, reader, within(VERIFY_TIMEOUT_MS), (verified) =>
    report({ progress: { verified } }),
  );
  const { fates: counts, unverifiedFates } = judged;
  return {
    fates: { fates: counts, unverifiedFates },
    findings: joinFindings([judgeRun(evidence, readings), judged.findings]),
  };
};

/**
 * Plays AcmeCRM: sends what happens there, waits until it shows, reads every contact through the public API and judges.
 * Rejects when the signal aborts or something is wrong with the simulator itself, never because of what it finds.
 */
export const executeRun = async (
  run: Run,
  dependencies: ExecuteDependencies,
  report: Report,
  signal: AbortSignal,
): Promise<Verdict> => {
  const { options, id: runId } = run;
  const script = compose({ options, runId, startedAt: Date.parse(run.startedAt) });
  const { contacts, deliveries } = script;
  const stage = { ...dependencies, run, script, signal, report };
  const probe = createLatencyProbe({ ...dependencies, signal });
  report({ state: 'sending', progress: { planned: deliveries.length, contacts: contacts.length } });
  const { tally, sending, edits } = await send(stage, probe);
  const evidence = gatherEvidence(contacts, tally.outcomes, edits);
  report({ state: 'settling' });
  const latency = await waitUntilSettled(stage, evidence, probe);
  report({ state: 'verifying' });
  const verified = await verify(stage, evidence);
  const findings = joinFindings([tally.findings, verified.findings]);
  const sampleContactIds = sampleContacts(evidence, SAMPLES);
  return conclude({
    options,
    contacts,
    tally,
    findings,
    fates: verified.fates,
    sending,
    latency,
    sampleContactIds,
  });
};
