import { cpuRow } from '../../harness/cost-rows.ts';
import { latencies, rates } from '../../harness/figures.ts';
import { both, ratioAtLeast, ratioAtMost, valueAtMost } from '../../harness/goal.ts';
import type { Turns } from '../../harness/interleave.ts';
import { type Row, row } from '../../harness/row.ts';

type Saturated = Turns<
  'webhook-ingest' | 'arrays' | 'bare' | 'lean' | 'one send each' | 'one idempotent send each'
>;
type Steady = Turns<'webhook-ingest' | 'bare' | 'bare send'>;

const rateRows = (taken: Saturated): Row[] => {
  const values = rates(taken['webhook-ingest']);
  const beside = (name: string, ceilings: readonly number[]) => ({ name, unit: '1/s', values, ceilings });
  return [
    row(beside('durable 202, beside a bare route', rates(taken.bare))),
    row({ ...beside('durable 202, beside a lean route', rates(taken.lean)), goal: ratioAtLeast(0.8) }),
    row({
      ...beside('durable 202, beside one send each', rates(taken['one send each'])),
      goal: ratioAtLeast(4),
    }),
    row(beside('durable 202, beside one idempotent send each', rates(taken['one idempotent send each']))),
    row({
      name: 'events in arrays of 50, beside singles',
      unit: '1/s',
      values: rates(taken.arrays),
      ceilings: values,
      goal: ratioAtLeast(3),
    }),
  ];
};

const latencyRows = (taken: Steady): Row[] => {
  const quantileRow = (name: string, q: number, beside: 'bare' | 'bare send') => ({
    name: `202 at a steady 1,000/s, ${name}, beside ${beside === 'bare' ? 'bare' : 'a bare send'}`,
    unit: 'ms',
    values: latencies(taken['webhook-ingest'], q),
    ceilings: latencies(taken[beside], q),
  });
  return [
    row(quantileRow('p50', 0.5, 'bare')),
    row({ ...quantileRow('p99', 0.99, 'bare'), goal: ratioAtMost(4) }),
    row(quantileRow('p50', 0.5, 'bare send')),
    row({ ...quantileRow('p99', 0.99, 'bare send'), goal: ratioAtMost(3) }),
  ];
};

const costRows = (taken: Saturated): Row[] => {
  const singles = taken['webhook-ingest'];
  const ingest = { turns: singles, process: 'webhook-ingest' };
  const lean = (process: string) => ({ turns: taken.lean, process });
  return [
    ...cpuRow('CPU of ingest for an event, beside lean', ingest, lean('lean')),
    ...cpuRow(
      'CPU of ingest for an event in an array',
      { turns: taken.arrays, process: 'webhook-ingest' },
      ingest,
    ),
    ...['kafka', 'redis', 'load'].flatMap((process) =>
      cpuRow(`CPU of ${process} for an event, beside lean`, { turns: singles, process }, lean(process)),
    ),
  ];
};

/** What the turns of ingest and its ceilings say. */
export const ingestRows = (saturated: Saturated, steady: Steady): Row[] => [
  ...rateRows(saturated),
  ...latencyRows(steady),
  ...costRows(saturated),
];

/** Memory at two counts of accepted events; without a goal where the second is not what the goal speaks of. */
export const memoryRows = (
  early: { readonly events: number; readonly mebibytes: number },
  late: { readonly events: number; readonly mebibytes: number },
  isWhole: boolean,
): Row[] => {
  if (Number.isNaN(late.mebibytes)) return [];
  const count = (events: number) => events.toLocaleString('en-US', { maximumSignificantDigits: 3 });
  return [
    row({
      name: `memory after ${count(late.events)} events, beside ${count(early.events)}`,
      unit: 'MiB',
      values: [late.mebibytes],
      ceilings: [early.mebibytes],
      ...(isWhole && { goal: both(ratioAtMost(1.2), valueAtMost(256)) }),
    }),
  ];
};
