import type { Bench } from '../../harness/bench.ts';
import { ratioAtMost } from '../../harness/goal.ts';
import { trustNotes } from '../../harness/notes.ts';
import { type Row, row } from '../../harness/row.ts';
import { defaultEncodings, type Encodings, shippedEncodings } from './encodings.ts';
import { measureLists } from './lists.ts';
import { measureReads } from './reads.ts';
import { batches, contactCount, type Filling, fill, openSetting, type Setting } from './setting.ts';
import { openStore, type Store } from './store.ts';
import { measureWrites } from './writes.ts';

const usualScale = 1_000_000;
const fewWithinSeconds = 120;
// On a machine that is too slow the large set is smaller, and says so.
const manyWithinSeconds = 600;

/** Fills an empty store under these encodings; resolves with the memory that a contact takes, in bytes. */
const fillAndWeigh = async (
  setting: Setting,
  target: { readonly url: string; readonly store: Store; readonly encodings: Encodings },
): Promise<number> => {
  await target.store.configure(target.encodings);
  const before = await target.store.usedBytes();
  const { count } = await fill(setting, target, { count: contactCount, withinSeconds: fewWithinSeconds });
  if (count < contactCount) throw new Error(`only ${count} contacts within ${fewWithinSeconds} s`);
  return ((await target.store.usedBytes()) - before) / count;
};

const memoryRows = (
  jsonBytes: number,
  bytes: { readonly shipped: number; readonly usual: number },
): Row[] => {
  const beside = { unit: 'B', ceilings: [jsonBytes] };
  return [
    row({
      ...beside,
      name: 'memory of a contact in Redis, shipped redis.conf, beside its JSON',
      values: [bytes.shipped],
      goal: ratioAtMost(8),
    }),
    row({ ...beside, name: 'memory of a contact in Redis, default encodings', values: [bytes.usual] }),
  ];
};

/** A second contact-service with a store of its own, for the large set. */
const openLarge = async ({ stage, cleanUp }: Setting) => {
  const store = await openStore(stage.redisUrl, 1, cleanUp);
  const name = 'contact-service of the large set';
  const url = await stage.startCopy('contact-service', { name, settings: { REDIS_URL: store.url } });
  return { url, store };
};

const fillingNote = ({ count, seconds }: Filling, scale: number): string => {
  const rate = Math.round(count / seconds).toLocaleString('en-US');
  const text = `The large set has ${count.toLocaleString('en-US')} contacts, applied at ${rate}/s`;
  return count < scale ? `${text}; more were not reached in the time given.` : `${text}.`;
};

/** contact-service's reads, edits, events, lists and memory, each beside the least that it can cost. */
export const benchContacts: Bench = async (context) => {
  const { scale = usualScale } = context;
  const setting = await openSetting(context);
  const { url, store, load } = setting;
  const shippedConf = await shippedEncodings();
  const shipped = await fillAndWeigh(setting, { url, store, encodings: shippedConf });
  const reads = await measureReads(setting);
  const writes = await measureWrites(setting);

  const large = await openLarge(setting);
  const usual = await fillAndWeigh(setting, { ...large, encodings: defaultEncodings });
  await large.store.empty();
  await load.ask('forgetApplied', large.url);
  await large.store.configure(shippedConf);
  const filling = await fill(setting, large, { count: scale, withinSeconds: manyWithinSeconds });
  const lists = await measureLists(setting, { url: large.url, filling });
  return {
    rows: [...reads.rows, ...writes.rows, ...lists.rows, ...memoryRows(reads.jsonBytes, { shipped, usual })],
    notes: [
      `${contactCount.toLocaleString('en-US')} contacts by Zipf and ${setting.tokens.length.toLocaleString('en-US')} tokens in reads and PATCHes, 100 connections. An entry of the near cache lives 5 s, so hot reads miss now and then.`,
      `Ceilings of writes replay, in a database of their own, what contact-service was seen to write: the same script with the same arguments, no guards. Events: ${batches.connections} requests of ${batches.eventsPerBatch} at once, no contact twice in one, beside as many pipelines.`,
      'Another copy has the lease of the outbox: relaying is in no row.',
      'Pages: 4 connections; small set of 10,000 in the same Redis.',
      fillingNote(filling, scale),
      ...lists.faults.map((fault) => `Not compared: ${fault}.`),
      ...trustNotes({ ...reads.turns, ...writes.turns, ...lists.turns }),
    ],
  };
};
