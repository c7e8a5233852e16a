import type { Pipeline } from '@contact-sync/api-contracts';
import { ratesOf } from '../run/live-series.ts';
import { readingsOf } from './readings-of.ts';

/** How a stage is doing: `slow` where something has waited for long, `stuck` where it waits and nothing gets on. */
export type Health = 'flows' | 'slow' | 'stuck' | 'look';

/** One stage as it is drawn. */
export type Stage = {
  readonly name: string;
  readonly what: string;
  readonly count: number;
  /** Records a second just now; undefined until two looks tell. */
  readonly perSecond: number | undefined;
  readonly waiting: number | undefined;
  readonly oldestAt: string | undefined;
  readonly health: Health;
};

/** Longer than the longest of the short retry tiers: until then waiting is nothing to look at. */
const SLOW_MS = 10_000;
const STUCK_LOOKS = 10;

type WorkedOff = Pipeline['accepted'];

/** How a stage that works something off is doing, by what it did lately. */
export const healthOf = (
  now: Pick<WorkedOff, 'waiting' | 'oldestAt'>,
  rates: readonly number[],
  at: string,
): Health => {
  if (now.waiting === 0 || now.oldestAt === undefined) return 'flows';
  if (Date.parse(at) - Date.parse(now.oldestAt) < SLOW_MS) return 'flows';
  const lately = rates.slice(-STUCK_LOOKS);
  return lately.length === STUCK_LOOKS && lately.every((rate) => rate === 0) ? 'stuck' : 'slow';
};

/** The stages of now, with rates by the looks before. */
export const stagesOf = (now: Pipeline, past: readonly Pipeline[]): Stage[] => {
  const rates = (count: (pipeline: Pipeline) => number) => ratesOf(readingsOf(past, count));
  const settled = rates(({ accepted }) => accepted.settled);
  const retried = rates(({ retries }) => retries.settled);
  const plain = { waiting: undefined, oldestAt: undefined, health: 'flows' } as const;
  return [
    {
      ...plain,
      name: 'Accepted',
      what: 'events of AcmeCRM that Kafka has',
      count: now.accepted.entered,
      perSecond: rates(({ accepted }) => accepted.entered).at(-1),
    },
    {
      name: 'Worked off',
      what: 'applied, or decided otherwise',
      count: now.accepted.settled,
      perSecond: settled.at(-1),
      waiting: now.accepted.waiting,
      oldestAt: now.accepted.oldestAt,
      health: healthOf(now.accepted, settled, now.at),
    },
    {
      ...plain,
      name: 'Told',
      what: 'events about our contacts, sent out',
      count: now.told.entered,
      perSecond: rates(({ told }) => told.entered).at(-1),
    },
    {
      name: 'Retry',
      what: 'failed for a while, tried again when due',
      count: now.retries.entered,
      perSecond: rates(({ retries }) => retries.entered).at(-1),
      waiting: now.retries.waiting,
      oldestAt: now.retries.oldestAt,
      // A record of the longest tier waits ten minutes and is well.
      health: retried.length > 0 && now.retries.waiting > 0 ? 'look' : 'flows',
    },
    {
      name: 'Dead letters',
      what: 'cannot be applied; somebody decides',
      count: now.letters.entered,
      perSecond: rates(({ letters }) => letters.entered).at(-1),
      waiting: now.letters.open,
      oldestAt: undefined,
      health: now.letters.open > 0 ? 'look' : 'flows',
    },
    {
      ...plain,
      name: 'Refused',
      what: 'deliveries that were not taken, kept to look at',
      count: now.refused.entered,
      perSecond: rates(({ refused }) => refused.entered).at(-1),
    },
  ];
};
