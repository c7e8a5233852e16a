import type { Latency, Run, Verdict } from '@contact-sync/api-contracts';
import { judgeRun, sampleContacts } from '../domain/judge-run.ts';
import { type Evidence, gatherEvidence } from '../domain/oracle/evidence.ts';
import { joinFindings } from '../domain/oracle/finding.ts';
import { judgeFates } from '../domain/oracle/judge-fates.ts';
import { compose } from '../domain/scenario/compose.ts';
import { conclude } from '../domain/verdict.ts';
import type { ContactReader, FateReader } from '../ports.ts';
import { awaitFates } from './await-fates.ts';
import { bothWaysRun } from './both-ways-run.ts';
import { createLatencyProbe, type LatencyProbe } from './latency-probe.ts';
import type { StoreOfAcme } from './play-both-ways.ts';
import { readViews } from './read-views.ts';
import { type Report, type SendDependencies, sendScript, type Underway } from './send-script.ts';
import { settle } from './settle.ts';

export type ExecuteDependencies = SendDependencies & {
  /** AcmeCRM's store, where there is one to play with. */
  readonly acme?: StoreOfAcme;
  readonly reader: ContactReader;
  readonly fates: FateReader;
};

type Stage = ExecuteDependencies & Underway;

/** For what is still watched when all contacts have settled. */
const PROBE_GRACE_MS = 2_000;
const VERIFY_TIMEOUT_MS = 180_000;
const SAMPLES = 5;

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
  const { run, reader, fates, clock, signal, report } = stage;
  const within = (ms: number) => ({ clock, deadline: clock.now() + ms, signal });
  const eventIds = evidence.flatMap(({ accepted }) => accepted.map(({ webhook }) => webhook.id));
  const judged = judgeFates(
    evidence,
    await awaitFates(eventIds, fates, within(run.options.settleTimeoutSeconds * 1_000)),
  );
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
  const bothWays = bothWaysRun(stage);
  const [{ tally, sending, edits }, played] = await Promise.all([sendScript(stage, probe), bothWays.play()]);
  const evidence = gatherEvidence(contacts, tally.outcomes, edits);
  report({ state: 'settling' });
  const latency = await waitUntilSettled(stage, evidence, probe);
  report({ state: 'verifying' });
  const [verified, alike] = await Promise.all([verify(stage, evidence), bothWays.judge(played)]);
  const findings = joinFindings([tally.findings, verified.findings, alike]);
  const sampleContactIds = sampleContacts(evidence, SAMPLES);
  return conclude({
    options,
    contacts: [...contacts, ...played.contacts],
    tally: played.addTo(tally),
    findings,
    fates: verified.fates,
    sending,
    latency,
    sampleContactIds,
  });
};
