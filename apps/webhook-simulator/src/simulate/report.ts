import type { Fates, Finding, ScenarioVerdict, Verdict } from '@contact-sync/api-contracts';

/** One run of the command: scenarios that went on beside each other. */
export type PlayedRun = { readonly id: string; readonly verdict: Verdict };

/** The command's result; `--json` prints it. */
export type Report = {
  readonly ok: boolean;
  readonly seed: number;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly lost: number;
  readonly doubled: number;
  readonly unexpected: number;
  readonly unverified: number;
  readonly fates: Fates;
  /** Accepted events whose fate is not told. */
  readonly unverifiedFates: number;
  readonly scenarios: readonly (ScenarioVerdict & {
    readonly runId: string;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
    readonly perSecond: number;
  })[];
  readonly findings: readonly (Finding & { readonly kind: Kind })[];
};

const kinds = ['lost', 'doubled', 'unexpected', 'unverified'] as const;
type Kind = (typeof kinds)[number];

const sum = (runs: readonly PlayedRun[], of: (verdict: Verdict) => number): number =>
  runs.reduce((total, { verdict }) => total + of(verdict), 0);

const found = (kind: Kind) => (verdict: Verdict) =>
  verdict.scenarios.reduce((total, scenario) => total + scenario[kind], 0);

export const createReport = (runs: readonly PlayedRun[], seed: number): Report => ({
  ok: runs.every(({ verdict }) => verdict.ok),
  seed,
  sent: sum(runs, ({ sent }) => sent),
  accepted: sum(runs, ({ accepted }) => accepted),
  refused: sum(runs, ({ refused }) => refused.reduce((total, { count }) => total + count, 0)),
  lost: sum(runs, found('lost')),
  doubled: sum(runs, found('doubled')),
  unexpected: sum(runs, found('unexpected')),
  unverified: sum(runs, found('unverified')),
  fates: {
    applied: sum(runs, ({ fates }) => fates.applied),
    unchanged: sum(runs, ({ fates }) => fates.unchanged),
    superseded: sum(runs, ({ fates }) => fates.superseded),
    duplicate: sum(runs, ({ fates }) => fates.duplicate),
    dead_letter: sum(runs, ({ fates }) => fates.dead_letter),
  },
  unverifiedFates: sum(runs, ({ unverifiedFates }) => unverifiedFates),
  scenarios: runs.flatMap(({ id, verdict }) =>
    verdict.scenarios.map((scenario) => ({
      ...scenario,
      runId: id,
      p50Ms: verdict.latency.p50Ms,
      p99Ms: verdict.latency.p99Ms,
      perSecond: Math.round(verdict.sending.perSecond * 10) / 10,
    })),
  ),
  findings: runs.flatMap(({ verdict }) =>
    kinds.flatMap((kind) => verdict[kind].map((finding) => ({ kind, ...finding }))),
  ),
});
