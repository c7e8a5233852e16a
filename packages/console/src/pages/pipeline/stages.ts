import type { Pipeline } from '@contact-sync/api-contracts';
import { ratesOf } from '../run/live-series.ts';
import { readingsOf } from './readings-of.ts';

/** How a stage is doing: `slow` where something has waited for long, `stuck` where it waits and nothing gets on. */
export type Health = 'flows' | 'slow' | 'stuck' | 'look';

/** One stage as it is drawn. */
export type Stage = {
  /** On the way that every event takes, or beside it. */
  readonly place: 'way' | 'aside';
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

type Count = (pipeline: Pipeline) => number | undefined;
type Named = Pick<Stage, 'name' | 'what' | 'place'>;

/** The stages of now, with rates by the looks before. */
export const stagesOf = (now: Pipeline, past: readonly Pipeline[]): Stage[] => {
  const rates = (count: Count) => ratesOf(readingsOf(past, (pipeline) => count(pipeline) ?? 0));
  /** What comes by, and waits for nobody. */
  const passing = (named: Named, count: Count): Stage => ({
    ...named,
    count: count(now) ?? 0,
    perSecond: rates(count).at(-1),
    waiting: undefined,
    oldestAt: undefined,
    health: 'flows',
  });
  /** What a group works off. */
  const working = (named: Named, part: (pipeline: Pipeline) => WorkedOff | undefined): Stage[] => {
    const stage = part(now);
    if (stage === undefined) return [];
    const { settled, waiting, oldestAt } = stage;
    const lately = rates((pipeline) => part(pipeline)?.settled);
    const health = healthOf(stage, lately, now.at);
    return [{ ...named, count: settled, perSecond: lately.at(-1), waiting, oldestAt, health }];
  };
  const { retries, letters } = now;
  return [
    passing(
      { name: 'Accepted', what: 'events of AcmeCRM that Kafka has', place: 'way' },
      ({ accepted }) => accepted.entered,
    ),
    ...working(
      { name: 'Worked off', what: 'applied, or decided otherwise', place: 'way' },
      ({ accepted }) => accepted,
    ),
    passing(
      { name: 'Told', what: 'events about our contacts, sent out', place: 'way' },
      ({ told }) => told.entered,
    ),
    ...working(
      { name: 'Written back', what: 'looked at, and written where AcmeCRM lacks it', place: 'way' },
      ({ writtenBack }) => writtenBack,
    ),
    {
      ...passing(
        { name: 'Retry', what: 'failed for a while, tried again when due', place: 'aside' },
        ({ retries: { entered } }) => entered,
      ),
      waiting: retries.waiting,
      oldestAt: retries.oldestAt,
      // A record of the longest tier waits ten minutes and is well.
      health: retries.waiting > 0 ? 'look' : 'flows',
    },
    {
      ...passing(
        { name: 'Dead letters', what: 'cannot be applied; somebody decides', place: 'aside' },
        ({ letters: { entered } }) => entered,
      ),
      waiting: letters.open,
      health: letters.open > 0 ? 'look' : 'flows',
    },
    passing(
      { name: 'Refused', what: 'deliveries that were not taken, kept to look at', place: 'aside' },
      ({ refused }) => refused.entered,
    ),
  ];
};
