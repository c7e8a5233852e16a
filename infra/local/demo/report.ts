import type { Verdict } from '@contact-sync/api-contracts';

/** The demo's result in numbers; `--json` prints it. applied + unchanged + superseded + duplicate + deadLetters + withoutFate = accepted. */
export interface Report {
  ok: boolean;
  sent: number;
  accepted: number;
  /** Deliveries; `refusals` says why and which were planted. */
  refused: number;
  refusals: Verdict['refused'];
  unanswered: number;
  applied: number;
  unchanged: number;
  superseded: number;
  /** Deliveries of what had come before, recognised by ingest or published again, and events that brought nothing new. */
  duplicate: number;
  deadLetters: number;
  /** Accepted events that have come to no fate, or of which nobody tells. */
  withoutFate: number;
  lost: number;
  doubled: number;
  unexpected: number;
  unverified: number;
  p50Ms: number | null;
  p99Ms: number | null;
  startupSeconds: number;
}

/** What the simulator found by the public API alone: what became of each event is asked of its fate, not of a counter. */
export function createReport(verdict: Verdict, startupSeconds: number): Report {
  const { accepted, fates, lost, unverifiedFates } = verdict;
  const withFate = Object.values(fates).reduce((sum, count) => sum + count, 0);
  const withoutFate = unverifiedFates + lost.filter(({ code }) => code === 'NO_FATE').length;
  return {
    ok: verdict.ok,
    sent: verdict.sent,
    accepted,
    refused: verdict.refused.reduce((total, { count }) => total + count, 0),
    refusals: verdict.refused,
    unanswered: verdict.unanswered,
    applied: fates.applied,
    unchanged: fates.unchanged,
    superseded: fates.superseded,
    duplicate: fates.duplicate + accepted - withFate - withoutFate,
    deadLetters: fates.dead_letter,
    withoutFate,
    lost: lost.length,
    doubled: verdict.doubled.length,
    unexpected: verdict.unexpected.length,
    unverified: verdict.unverified.length,
    p50Ms: verdict.latency.p50Ms,
    p99Ms: verdict.latency.p99Ms,
    startupSeconds,
  };
}
