import { isDeepStrictEqual } from 'node:util';
import type { AcmeRecord } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { acmeContact } from '@contact-sync/testing';
import type { Bench } from '../../harness/bench.ts';
import { cpuRow, memoryRow } from '../../harness/cost-rows.ts';
import { rates } from '../../harness/figures.ts';
import { ratioAtLeast } from '../../harness/goal.ts';
import { type Contestant, interleave } from '../../harness/interleave.ts';
import { trustNotes } from '../../harness/notes.ts';
import { row } from '../../harness/row.ts';
import { mapByHand } from './hand-written.ts';
import { compileJsonata } from './jsonata-mapping.ts';

const sampleCount = 1_000;
// Short turns and many: nothing has to get going here, and what is close in time met the same neighbours.
const turns = { rounds: 15, seconds: 1, warmUpSeconds: 3 };

const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** Records as they come out of a parsed body. */
const makeSamples = (): AcmeRecord[] =>
  Array.from({ length: sampleCount }, (_, seed) => throughJson(acmeContact(seed)));

type Map = (record: AcmeRecord) => unknown;

/** @throws {Error} unless each gives what the mapper gives: a faster answer to another question is no ceiling. */
const assertEqual = async (
  samples: readonly AcmeRecord[],
  mapper: Map,
  others: readonly Map[],
): Promise<void> => {
  for (const record of samples) {
    const expected = mapper(record);
    for (const other of others) {
      const made = await other(record);
      // JSONata marks its lists, so both are compared as the JSON that they stand for.
      if (isDeepStrictEqual(throughJson(made), throughJson(expected))) continue;
      throw new Error(`${JSON.stringify(made)} is not ${JSON.stringify(expected)}`);
    }
  }
};

// Read by nobody, but the engine cannot know: results must not be optimised away.
let consumed: unknown;

/** Maps all samples again and again; a pass is short against the turn, so the clock is read between passes only. */
const repeated = <const Name extends string>(
  name: Name,
  mapAll: () => unknown,
): Contestant & { readonly name: Name } => ({
  name,
  work: async (seconds) => {
    const startedAt = performance.now();
    let operations = 0;
    let elapsed = 0;
    while (elapsed < seconds) {
      // Awaiting what is no promise would cost the other two a turn of the microtask queue, so only promises wait.
      const pending = mapAll();
      if (pending instanceof Promise) await pending;
      operations += sampleCount;
      elapsed = (performance.now() - startedAt) / 1_000;
    }
    return { operations, seconds: elapsed };
  },
});

/** The compiled mapper, beside a hand-written function and a JSONata expression with the same results. */
export const benchMapper: Bench = async ({ progress }) => {
  const samples = makeSamples();
  const { toContact } = compileMapping(builtInMapping);
  const mapByJsonata = compileJsonata();
  await assertEqual(samples, toContact, [mapByHand, mapByJsonata]);

  const taken = await interleave(
    [
      repeated('mapper', () => {
        for (const record of samples) consumed = toContact(record);
      }),
      repeated('hand-written', () => {
        for (const record of samples) consumed = mapByHand(record);
      }),
      repeated('JSONata', async () => {
        for (const record of samples) consumed = await mapByJsonata(record);
      }),
    ],
    { ...turns, pids: { bench: process.pid }, onTurn: progress.note },
  );
  if (consumed === undefined) throw new Error('nothing was mapped');
  const mapper = { turns: taken.mapper, process: 'bench' };
  const byHand = { turns: taken['hand-written'], process: 'bench' };
  const values = rates(mapper.turns);
  return {
    rows: [
      row({
        name: 'records, beside the hand-written function',
        unit: '1/s',
        values,
        ceilings: rates(byHand.turns),
        goal: ratioAtLeast(0.5),
      }),
      row({
        name: 'records, beside JSONata',
        unit: '1/s',
        values,
        ceilings: rates(taken.JSONata),
        goal: ratioAtLeast(10),
      }),
      ...cpuRow('CPU for a record, beside the hand-written function', mapper, byHand),
      ...memoryRow('memory of the one process, end beside 20 %', mapper),
    ],
    notes: [
      `${sampleCount} seeded records; all three give equal results on each of them, or nothing is measured.`,
      'The mapper also validates every field and names each fault; the other two believe what they are given.',
      'Phones and addresses are parsed by the same functions, which remember: parsing is hardly in these figures.',
      ...trustNotes(taken),
    ],
  };
};
