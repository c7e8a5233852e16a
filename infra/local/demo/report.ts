import type { Verdict } from '@contact-sync/api-contracts';
import type { Fates } from './fates.ts';

/** The demo's result in numbers; `--json` prints it. applied + unchanged + superseded + duplicate + deadLetters = accepted. */
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
  /** Recognised by ingest or by the worker. */
  duplicate: number;
  deadLetters: number;
  lost: number;
  doubled: number;
  unexpected: number;
  unverified: number;
  p50Ms: number | null;
  p99Ms: number | null;
  startupSeconds: number;
}

/** Joins what the simulator saw from outside with what the worker counted inside. */
export function createReport(verdict: Verdict, fates: Fates, startupSeconds: number): Report {
  return {
    ok: verdict.ok,
    sent: verdict.sent,
    accepted: verdict.accepted,
    refused: verdict.refused.reduce((total, { count }) => total + count, 0),
    refusals: verdict.refused,
    unanswered: verdict.unanswered,
    applied: fates.applied,
    unchanged: fates.unchanged,
    superseded: fates.superseded,
    duplicate: fates.duplicate + verdict.duplicates,
    deadLetters: fates.dead_letter,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    unexpected: verdict.unexpected.length,
    unverified: verdict.unverified.length,
    p50Ms: verdict.latency.p50Ms,
    p99Ms: verdict.latency.p99Ms,
    startupSeconds,
  };
}
