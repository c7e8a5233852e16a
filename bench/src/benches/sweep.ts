import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { integrationEventContracts, writeBackGroup } from '@contact-sync/kafka';
import { logIn } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { cpuRow } from '../harness/cost-rows.ts';
import { latencies } from '../harness/figures.ts';
import { ratioAtMost } from '../harness/goal.ts';
import { interleave } from '../harness/interleave.ts';
import { startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { untilWorkedOff } from '../harness/topics.ts';

const turns = { rounds: 4, seconds: 10, warmUpSeconds: 4 };
const perSecond = 100;
const contacts = 400;
const watchEvery = 4;
const fewRecords = 5_000;
const createdAtOnce = 16;
const lookEveryMs = 250;
const writtenWithinMs = 300_000;

type Counts = { readonly read: number; readonly imported: number; readonly agreed: number };
type Sweep = { readonly state: string; readonly progress: Counts };

const dropWebhooks = async (stage: Stage, token: string): Promise<void> => {
  const response = await fetch(`${stage.urlOf('webhook-simulator')}/api/v1/simulator/acme/conduct`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ conduct: { dropWebhooks: { drop: 1, of: 1 } }, seconds: 86_400 }),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to its conduct`);
};

/** AcmeCRM with so many records, of which no webhook was ever sent. */
const fillAcme = async (stage: Stage, records: number): Promise<void> => {
  const url = `${stage.urlOf('webhook-simulator')}/acme/v1/contacts`;
  const key = await readFile(stage.secrets.acmeApiKeyFile, 'utf8');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const create = async (number: number) => {
    const body = {
      acme_first_name: 'Ada',
      acme_last_name: `Record ${number}`,
      acme_email: 'ada@example.com',
    };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await response.arrayBuffer();
    if (response.status !== 201) throw new Error(`the simulator answered ${response.status} to a creation`);
  };
  const rest = Array.from({ length: records }, (_, number) => number).values();
  const worker = async () => {
    for (const number of rest) await create(number);
  };
  await Promise.all(Array.from({ length: createdAtOnce }, worker));
};

/** Sweeps as an operator asks event-worker for them. */
const sweepsOf = (stage: Stage, token: string) => {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${stage.urlOf('event-worker')}/api/v1/sweeps${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`event-worker answered ${response.status} to a sweep`);
    return response.json();
  };
  const read = async (id: string) => (await ask('GET', `/${id}`)) as Sweep;
  return {
    start: async (body: object) => ((await ask('POST', '', body)) as { id: string }).id,
    read,
    cancel: (id: string) => ask('DELETE', `/${id}`),
    done: async (id: string): Promise<Sweep> => {
      for (;;) {
        const sweep = await read(id);
        if (sweep.state === 'done' || sweep.state === 'cancelled') return sweep;
        await pause(lookEveryMs);
      }
    },
  };
};

const startStage = async (stage: Stage): Promise<void> => {
  stage.change('webhook-simulator', { ACME_REQUESTS_PER_SECOND: '100000' });
  stage.change('event-worker', {
    ACME_API_URL: stage.urlOf('webhook-simulator'),
    SWEEP_GRACE_SECONDS: '0',
    SWEEP_REQUESTS_PER_SECOND: '1000',
  });
  await stage.start('auth-service', 'contact-service', 'webhook-ingest', 'webhook-simulator', 'event-worker');
};

const openLoad = async (stage: Stage, token: string, cleanUp: AsyncDisposableStack) => {
  const load = await startLoad(cleanUp);
  await load.ask('openPath', {
    ingestUrl: stage.urlOf('webhook-ingest'),
    contactUrl: stage.urlOf('contact-service'),
    secret: stage.acmeSecret,
    token,
    contacts,
    watchEvery,
    brokers: stage.kafkaBrokers,
    registryUrl: stage.registryUrl,
    workerOpsUrl: stage.opsUrlOf('event-worker'),
    contactOpsUrl: stage.opsUrlOf('contact-service'),
    waiting: 0,
  });
  return load;
};

const fastest = { ratePerSecond: 10_000 };

/** Until what was published has been applied, and looked at by the writer. */
const untilTaken = async (stage: Stage, sweeps: ReturnType<typeof sweepsOf>): Promise<void> => {
  for (;;) {
    const { progress } = await sweeps.done(await sweeps.start({ ...fastest, dryRun: true }));
    if (progress.agreed === progress.read) break;
  }
  const within = { timeoutMs: writtenWithinMs, intervalMs: lookEveryMs };
  for (const { topic } of integrationEventContracts)
    await untilWorkedOff(stage.kafkaBrokers, { groupId: writeBackGroup, topic }, within);
};

/** How fast a first import is, and what a sweep at its rate does to events that come meanwhile. */
export const benchSweep: Bench = async ({ cleanUp, progress, scale: records = fewRecords }) => {
  const stage = await openStage({ cleanUp, progress });
  await startStage(stage);
  const token = await logIn(stage);
  const sweeps = sweepsOf(stage, token);
  await dropWebhooks(stage, token);
  await fillAcme(stage, records);
  const begunAt = performance.now();
  const first = await sweeps.done(await sweeps.start(fastest));
  const importSeconds = (performance.now() - begunAt) / 1_000;
  await untilTaken(stage, sweeps);
  const load = await openLoad(stage, token, cleanUp);
  const follow = (seconds: number) => load.ask('followUpdates', { perSecond, seconds });
  let running: string | undefined;
  const endSweep = async () => {
    if (running !== undefined) await sweeps.cancel(running);
    running = undefined;
  };
  const taken = await interleave(
    [
      { name: 'alone', prepare: endSweep, work: follow },
      {
        name: 'beside a sweep',
        prepare: async () => {
          await endSweep();
          running = await sweeps.start({ full: true });
        },
        work: async (seconds: number) => {
          const work = await follow(seconds);
          const { state } = await sweeps.read(running ?? '');
          if (state !== 'running')
            throw new Error(`the sweep was ${state} before the turn was over: more records (--scale)`);
          return work;
        },
      },
    ] as const,
    { ...turns, pids: { ...stage.pids(), load: load.pid, bench: process.pid }, onTurn: progress.note },
  );
  const beside = (q: number) => ({
    unit: 'ms',
    values: latencies(taken['beside a sweep'], q),
    ceilings: latencies(taken.alone, q),
  });
  return {
    rows: [
      row({ name: 'records imported', unit: '/s', values: [first.progress.read / importSeconds] }),
      row({ name: 'send → visible beside a sweep, p50', ...beside(0.5) }),
      row({ name: 'send → visible beside a sweep, p99', ...beside(0.99), goal: ratioAtMost(1.5) }),
      ...['event-worker', 'contact-service', 'redis'].flatMap((name) =>
        cpuRow(
          `CPU of ${name} for an event beside a sweep`,
          { turns: taken['beside a sweep'], process: name },
          { turns: taken.alone, process: name },
        ),
      ),
    ],
    notes: [
      `${first.progress.read.toLocaleString('en-US')} records, ${first.progress.imported.toLocaleString('en-US')} imported in ${importSeconds.toFixed(1)} s until each was durable on its topic, at no rate but AcmeCRM's.`,
      `${perSecond} events/s of ${contacts} contacts; beside them a full sweep of all records at its default rate. The ceiling is the same path alone.`,
      ...trustNotes(taken),
    ],
  };
};
