import { setTimeout as delay } from 'node:timers/promises';
import { chunksOf, contactIdOfAcme } from '@contact-sync/domain';
import {
  type AcmeStandIn,
  acmeContact,
  acmeEvent,
  sourceEvent,
  startAcmeStandIn,
} from '@contact-sync/testing';
import { Pool } from 'undici';
import { logIn, workerToken } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { cpuRow } from '../harness/cost-rows.ts';
import { rates } from '../harness/figures.ts';
import { ratioAtLeast } from '../harness/goal.ts';
import { interleave } from '../harness/interleave.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import type { Work } from '../harness/turn.ts';

const usualEdits = 500;
const turns = { rounds: 3, seconds: 1, warmUpSeconds: 1 };
/** What AcmeCRM allows, and what the writer is set to. */
const allowedPerSecond = 60;
const writesPerSecond = 50;
const lookEveryMs = 10;
const atOnce = 8;

const recordOf = (seed: number) => acmeContact(seed, { acme_version: 1 });

/** Asks one peer in JSON; rejects on an answer that is no success. */
const createAsk =
  (pool: Pool, token: string) =>
  async (
    method: 'POST' | 'PATCH',
    path: string,
    body: object,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more };
    const { statusCode, body: answer } = await pool.request({
      method,
      path,
      headers,
      body: JSON.stringify(body),
    });
    await answer.dump();
    if (statusCode >= 300) throw new Error(`${method} ${path} was answered ${statusCode}`);
  };

/** Takes each item in turn, some at the same time. */
const eachOf = async <Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const left = items.values();
  const take = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, take));
};

/** Contacts that both sides have alike. */
const fill = async (stage: Stage, acme: AcmeStandIn, seeds: readonly number[]): Promise<void> => {
  const pool = new Pool(stage.urlOf('contact-service'));
  const ask = createAsk(pool, await workerToken(stage));
  for (const seed of seeds) acme.put(recordOf(seed));
  const events = seeds.map((seed) => sourceEvent(acmeEvent(recordOf(seed))));
  await ask('POST', '/internal/contacts/apply', { events });
  await pool.destroy();
};

/** The time in which so many records are changed, from the first to the last. */
const untilChanged = async (acme: AcmeStandIn, before: number, count: number): Promise<Work> => {
  let startedAt: number | undefined;
  while (acme.changes.length < before + count) {
    if (acme.changes.length > before) startedAt ??= performance.now();
    await delay(lookEveryMs);
  }
  return { operations: count, seconds: (performance.now() - (startedAt ?? performance.now())) / 1_000 };
};

type Setting = {
  readonly stage: Stage;
  readonly acme: AcmeStandIn;
  /** Of the contacts that are edited. */
  readonly seeds: readonly number[];
  readonly cleanUp: AsyncDisposableStack;
};

/** Edits that wait while AcmeCRM takes nothing, and then are written. */
const pendingEdits = async ({ stage, acme, seeds, cleanUp }: Setting) => {
  const pool = new Pool(stage.urlOf('contact-service'));
  cleanUp.defer(() => pool.destroy());
  const ask = createAsk(pool, await logIn(stage));
  let [turn, before] = [0, 0];
  const edit = (seed: number) =>
    ask(
      'PATCH',
      `/api/v1/contacts/${contactIdOfAcme(recordOf(seed).id)}`,
      { title: `Title ${turn}` },
      { 'if-match': `"${turn}"` },
    );
  return {
    name: 'written',
    prepare: async () => {
      turn += 1;
      acme.trouble(() => ({ kind: 'answer', status: 503 }));
      await eachOf(seeds, edit);
      before = acme.changes.length;
    },
    work: () => {
      acme.trouble();
      return untilChanged(acme, before, seeds.length);
    },
  } as const;
};

/** One bare client that changes as many records of its own, at the rate that the writer is set to. */
const bareClient = ({ acme, seeds, cleanUp }: Setting) => {
  const pool = new Pool(acme.url);
  cleanUp.defer(() => pool.destroy());
  const write = createAsk(pool, 'key');
  const records = seeds.map((seed) => recordOf(seeds.length + seed));
  for (const record of records) acme.put(record);
  let turn = 0;
  return {
    name: 'alone',
    work: async (): Promise<Work> => {
      turn += 1;
      const startedAt = performance.now();
      for (const [index, { id }] of records.entries()) {
        const waitMs = startedAt + (index * 1_000) / writesPerSecond - performance.now();
        if (waitMs > 0) await delay(waitMs);
        await write('PATCH', `/acme/v1/contacts/${id}`, { acme_rank: turn });
      }
      return { operations: records.length, seconds: (performance.now() - startedAt) / 1_000 };
    },
  } as const;
};

/** Pending edits of the writer, beside what one bare client writes at the rate that AcmeCRM allows. */
export const benchWriteBack: Bench = async ({ cleanUp, progress, scale: edits = usualEdits }) => {
  const stage = await openStage({ cleanUp, progress });
  const acme = await startAcmeStandIn({ ratePerSecond: allowedPerSecond });
  cleanUp.defer(() => acme.close());
  await stage.start('auth-service', 'contact-service');
  const seeds = Array.from({ length: edits }, (_, index) => index);
  for (const some of chunksOf(seeds, 100)) await fill(stage, acme, some);
  await stage.startCopy('event-worker', {
    name: 'event-worker',
    settings: { ACME_API_URL: acme.url, ACME_WRITES_PER_SECOND: String(writesPerSecond) },
  });
  const setting = { stage, acme, seeds, cleanUp };
  const taken = await interleave([await pendingEdits(setting), bareClient(setting)], {
    ...turns,
    pids: { ...stage.pids(), bench: process.pid },
    onTurn: progress.note,
  });
  return {
    rows: [
      row({
        name: 'pending edits written, beside one bare client at the same rate',
        unit: '1/s',
        values: rates(taken.written),
        ceilings: rates(taken.alone),
        goal: ratioAtLeast(0.7),
      }),
      ...['event-worker', 'contact-service'].flatMap((process) =>
        cpuRow(`CPU of ${process} for a write`, { turns: taken.written, process }),
      ),
    ],
    notes: [
      `${edits} edits wait while AcmeCRM answers 503; a turn is from its first write to its last. AcmeCRM takes ${allowedPerSecond} requests a second, writer and client are set to ${writesPerSecond}.`,
      'The bare client has records of its own, and one request under way at a time.',
      ...trustNotes(taken),
    ],
  };
};
