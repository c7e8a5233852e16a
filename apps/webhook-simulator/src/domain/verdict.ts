import type { Verdict } from '@contact-sync/api-contracts';

/** The verdict over these parts, with its `ok`. */
export const conclude = (parts: Omit<Verdict, 'ok'>, planted: number): Verdict => {
  const plantedRefused = parts.refused
    .filter((refusal) => refusal.planted)
    .reduce((sum, { count }) => sum + count, 0);
  const clean = [parts.lost, parts.doubled, parts.unexpected, parts.unverified].every(
    (findings) => findings.length === 0,
  );
  const ok =
    clean &&
    parts.unanswered === 0 &&
    plantedRefused === planted &&
    parts.refused.every((refusal) => refusal.planted);
  return { ok, ...parts };
};
