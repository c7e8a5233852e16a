import type { Latency, Progress, Run, RunState, Verdict } from '@contact-sync/api-contracts';
import { type Delivery, isPlanted } from '../domain/delivery/delivery.ts';
import { planDeliveries } from '../domain/delivery/plan-deliveries.ts';
import { createTally, type DeliveryResult, type Tally } from '../domain/delivery/tally.ts';
import { judgeRun, sampleContacts } from '../domain/judge-run.ts';
import { type Evidence, gatherEvidence } from '../domain/oracle/evidence.ts';
import { generateScenario } from '../domain/scenario/generate-scenario.ts';
import type { Scenario } from '../domain/scenario/scenario.ts';
import { conclude } from '../domain/verdict.ts';
import type { Clock, ContactReader, WebhookEndpoint } from '../ports.ts';
import { deliver } from './deliver.ts';
import { createLatencyProbe, type LatencyProbe } from './latency-probe.ts';
import { readViews } from './read-views.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { settle } from './settle.ts';

export type ExecuteDependencies = {
  readonly endpoint: WebhookEndpoint;
  readonly reader: ContactReader;
  readonly clock: Clock;
  readonly random: () => number;
};

/** Takes note of how far a run has come. */
export type Report = (change: { state?: RunState; progress?: Partial<Progress> }) => void;

type Stage = ExecuteDependencies & {
  readonly run: Run;
  readonly signal: AbortSignal;
  readonly report: Report;
};

/** For what is still watched when all contacts have settled. */
const PROBE_GRACE_MS = 2_000;
const VERIFY_TIMEOUT_MS = 120_000;
const SAMPLES = 5;

const refusedOf = ({ refused }: Tally): number => refused.reduce((sum, { count }) => sum + count, 0);

const send = async (stage: Stage, deliveries: readonly Delivery[], probe: LatencyProbe): Promise<Tally> => {
  const { run, clock, signal, report } = stage;
  const tally = createTally();
  let timed = 0;
  const watch = ({ kind, event }: Delivery, begunAt: number, result: DeliveryResult) => {
    if (kind !== 'first' || result.kind !== 'accepted') return;
    if (timed % run.options.latencySampleEvery === 0) {
      probe.watch(event.contactId, { version: event.version, begunAt });
    }
    timed += 1;
  };
  const sendOne = async (delivery: Delivery) => {
    const begunAt = clock.now();
    const result = await deliver(delivery, stage, signal);
    tally.add(delivery, result);
    watch(delivery, begunAt, result);
    const now = tally.current();
    report({ progress: { sent: now.sent, accepted: now.accepted, refused: refusedOf(now) } });
  };
  await sendDeliveries(deliveries, sendOne, { ratePerSecond: run.options.ratePerSecond, clock, signal });
  return tally.current();
};

const waitUntilSettled = async (stage: Stage, evidence: readonly Evidence[], probe: LatencyProbe) => {
  const { run, reader, clock, signal, report } = stage;
  const deadline = clock.now() + run.options.settleTimeoutSeconds * 1_000;
  const settled = await settle(evidence, reader, { clock, deadline, signal }, (count) =>
    report({ progress: { settled: count } }),
  );
  return probe.finish(settled ? PROBE_GRACE_MS : 0);
};

type Outcome = { readonly tally: Tally; readonly evidence: readonly Evidence[]; readonly latency: Latency };

const verify = async (
  stage: Stage,
  { tally, evidence, latency }: Outcome,
  planted: number,
): Promise<Verdict> => {
  const { reader, clock, signal, report } = stage;
  const patience = { clock, deadline: clock.now() + VERIFY_TIMEOUT_MS, signal };
  const ids = evidence.map(({ contactId }) => contactId);
  const readings = await readViews(ids, reader, patience, (verified) => report({ progress: { verified } }));
  const { sent, accepted, unanswered, retries, duplicates, refused } = tally;
  const findings = judgeRun(evidence, readings, tally.plantedAccepted);
  const sampleContactIds = sampleContacts(evidence, SAMPLES);
  return conclude(
    {
      sent,
      accepted,
      unanswered,
      retries,
      duplicates,
      refused: [...refused],
      ...findings,
      latency,
      sampleContactIds,
    },
    planted,
  );
};

/** Everything that happens in AcmeCRM during this run, and the POSTs that tell of it. */
const script = (run: Run): { scenario: Scenario; deliveries: Delivery[] } => {
  const startedAt = Date.parse(run.startedAt);
  const scenario = generateScenario({ options: run.options, runId: run.id, startedAt });
  return { scenario, deliveries: planDeliveries(scenario, run.options) };
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
  const stage = { ...dependencies, run, signal, report };
  const { scenario, deliveries } = script(run);
  const probe = createLatencyProbe({ ...dependencies, signal });
  report({ state: 'sending', progress: { planned: deliveries.length } });
  const tally = await send(stage, deliveries, probe);
  const evidence = gatherEvidence(scenario, tally.outcomes);
  report({ state: 'settling' });
  const latency = await waitUntilSettled(stage, evidence, probe);
  report({ state: 'verifying' });
  const planted = deliveries.filter(({ kind }) => isPlanted(kind)).length;
  return verify(stage, { tally, evidence, latency }, planted);
};
