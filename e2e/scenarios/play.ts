import type { Client } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { expect } from 'vitest';

type Request = Parameters<Client['startRun']>[0]['body'];

/** Plays a run of the deployed simulator to its verdict, through the gateway. */
export const playRun = async (api: Client, body: Request) => {
  const { id } = (await api.startRun({ body })).body;
  const run = await eventually(
    async () => {
      const current = (await api.getRun({ params: { id } })).body;
      expect(current).toMatchObject({ state: expect.stringMatching(/^(done|failed)$/) });
      return current;
    },
    { timeoutMs: 200_000, intervalMs: 250 },
  );
  if (!run.verdict) throw new Error(`the run has no verdict: ${run.failure}`);
  return run.verdict;
};
