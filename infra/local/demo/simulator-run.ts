import type { Run, Verdict } from '@contact-sync/api-contracts';
import type { Client } from '@contact-sync/client';
import { LaunchError } from '../launch-error.ts';
import { eventually } from '../run/eventually.ts';

/** What the demo plays: more than 500 events of more than 100 contacts, and something of what can go wrong. */
export const DEMO_RUN = {
  scenarios: [
    { name: 'steady', count: 200, ratePerSecond: 40 },
    { name: 'duplicates', count: 150, ratePerSecond: 30, parameters: { share: 0.3, times: 1 } },
    { name: 'reordered', count: 150, ratePerSecond: 30 },
    { name: 'delete-before-create', count: 30, ratePerSecond: 10 },
    { name: 'wrong-secret', count: 2, ratePerSecond: 1 },
    { name: 'malformed-json', count: 2, ratePerSecond: 1 },
  ],
};

const POLL_MS = 250;
const LONGEST_MS = 300_000;

/** Plays a run to its verdict and tells meanwhile how far it is. */
export async function playRun(api: Client, onProgress: (text: string) => void): Promise<Verdict> {
  const { id } = (await api.startRun({ body: DEMO_RUN })).body;
  const run = await eventually(
    async () => {
      const current = (await api.getRun({ params: { id } })).body;
      onProgress(describe(current));
      if (current.state !== 'done' && current.state !== 'failed') throw new Error(describe(current));
      return current;
    },
    { withinMs: LONGEST_MS, everyMs: POLL_MS },
  );
  if (run.verdict) return run.verdict;
  throw new LaunchError(
    `The simulator could not judge its run ${id}: ${run.failure ?? 'it does not say why'}`,
  );
}

function describe({ state, progress }: Run): string {
  const { planned, sent, accepted, refused, contacts, settled, verified } = progress;
  if (state === 'sending') return `sent ${sent} of ${planned}, ${accepted} accepted, ${refused} refused`;
  if (state === 'settling') return `all ${sent} sent, ${settled} of ${contacts} contacts up to date`;
  return `all ${sent} sent, ${verified} of ${contacts} contacts read back`;
}
