import { LaunchError } from '../launch-error.ts';
import { eventually } from '../run/eventually.ts';
import type { Api } from './api.ts';

interface Finding {
  contactId: string;
  code: string;
  detail?: string;
}

/** What the simulator says of a run (apps/webhook-simulator, README). */
export interface Verdict {
  ok: boolean;
  sent: number;
  accepted: number;
  unanswered: number;
  retries: number;
  duplicates: number;
  refused: { status: number; code: string; count: number; planted: boolean }[];
  lost: Finding[];
  doubled: Finding[];
  unexpected: Finding[];
  unverified: Finding[];
  latency: { samples: number; unobserved: number; p50Ms: number | null; p99Ms: number | null };
  sampleContactIds: string[];
}

interface SimulatorRun {
  state: 'sending' | 'settling' | 'verifying' | 'done' | 'failed';
  progress: {
    planned: number;
    sent: number;
    accepted: number;
    refused: number;
    contacts: number;
    settled: number;
    verified: number;
  };
  verdict?: Verdict;
  failure?: string;
}

/** What the demo asks for: at least 500 events of 100 contacts, and one of everything that can go wrong. */
const OPTIONS = {
  contacts: 100,
  events: 540,
  ratePerSecond: 100,
  duplicates: 0.1,
  reorderWindow: 30,
  deletes: 5,
  deleteBeforeCreate: 4,
  revives: 4,
  badSignatures: 1,
  malformed: 1,
};

const RUNS = '/api/v1/simulator/runs';
const POLL_MS = 250;
const LONGEST_MS = 300_000;

/** Plays a run to its verdict and tells meanwhile how far it is. */
export async function playRun(api: Api, onProgress: (text: string) => void): Promise<Verdict> {
  const { id } = await api.post<{ id: string }>(RUNS, OPTIONS);
  const run = await eventually(
    async () => {
      const current = await api.get<SimulatorRun>(`${RUNS}/${id}`);
      if (current === null) return null;
      onProgress(describe(current));
      if (current.state !== 'done' && current.state !== 'failed') throw new Error(describe(current));
      return current;
    },
    { withinMs: LONGEST_MS, everyMs: POLL_MS },
  );
  if (run?.verdict) return run.verdict;
  throw new LaunchError(`The simulator could not judge its run ${id}: ${run?.failure ?? 'it is gone'}`);
}

function describe({ state, progress }: SimulatorRun): string {
  const { planned, sent, accepted, refused, contacts, settled, verified } = progress;
  if (state === 'sending') return `sent ${sent} of ${planned}, ${accepted} accepted, ${refused} refused`;
  if (state === 'settling') return `all ${sent} sent, ${settled} of ${contacts} contacts up to date`;
  return `all ${sent} sent, ${verified} of ${contacts} contacts read back`;
}
