import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Cluster } from './cluster.ts';

export type Outcome = {
  readonly sent: number;
  readonly seconds: number;
  /** How many requests had which kind of failure: an answer that is not 2xx, or none. */
  readonly failed: Readonly<Record<string, number>>;
};

/** Sends that many requests a second from the client's pod while `work` runs, and gives what became of them. */
export const under = async (
  { namespace }: Cluster,
  perSecond: number,
  work: () => Promise<unknown>,
): Promise<Outcome> => {
  const node = ['exec', '-i', 'client', '--', 'node', '/scripts/load.mjs', String(perSecond)];
  const child = spawn('kubectl', ['-n', namespace, ...node], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const started = await lines.next();
  if (started.value !== 'started') throw new Error(`no load: ${started.value}`);
  try {
    await work();
  } finally {
    child.stdin.end('stop\n');
  }
  return JSON.parse(String((await lines.next()).value)) as Outcome;
};
