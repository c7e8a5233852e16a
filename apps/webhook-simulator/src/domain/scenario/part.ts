import type { Faker } from '@faker-js/faker';
import type { SimulatedEvent } from '../acme/event.ts';
import { beginLife, type Life } from '../acme/life.ts';
import { fakerOf, type Place, places } from '../acme/places.ts';

/** One scenario's share of a run: with contacts of its own, so that parts go on beside each other and stay apart. */
export type Part = {
  /** What ids begin with; unique among all runs. */
  readonly key: string;
  /** Events, about. */
  readonly count: number;
  readonly ratePerSecond: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly faker: Faker;
  /** A contact that AcmeCRM has not made yet. */
  readonly newLife: () => Life;
};

export type PartInput = Pick<Part, 'key' | 'count' | 'ratePerSecond' | 'parameters'> & {
  readonly seed: number;
  /** When the run began, in ms since 1970. */
  readonly startedAt: number;
};

const [home] = places as readonly [Place, ...Place[]];

export const createPart = ({ seed, startedAt, ...input }: PartInput): Part => {
  const faker = fakerOf(home, seed);
  // A source of names costs as much as a hundred names, so the contacts of one place share one.
  const sources = new Map<Place, Faker>();
  const sourceOf = (place: Place): Faker => {
    const source = sources.get(place) ?? fakerOf(place, seed + sources.size + 1);
    sources.set(place, source);
    return source;
  };
  let lives = 0;
  const newLife = () => {
    lives += 1;
    const place = faker.helpers.weightedArrayElement(
      places.map((value) => ({ value, weight: value.weight })),
    );
    return beginLife({
      acmeId: `acme_${input.key}_${lives}`,
      eventPrefix: `evt_${input.key}_${lives}`,
      place,
      faker: sourceOf(place),
      startedAt,
    });
  };
  return { ...input, faker, newLife };
};

/** A parameter of the scenario; its bounds are checked and its default is filled in before. */
export const parameterOf = ({ parameters }: Part, name: string): number => {
  const value = parameters[name];
  if (value === undefined)
    throw new Error(`a scenario asks for a parameter that it does not declare: ${name}`);
  return value;
};

const EVENTS_A_CONTACT = 4;
const DELETED_SHARE = 0.06;

/** What happens next to a contact on an ordinary day: it is made, changed, now and then deleted, and comes back. */
export const nextOf = (life: Life, faker: Faker): SimulatedEvent =>
  life.isLive() && faker.datatype.boolean(DELETED_SHARE) ? life.remove() : life.change();

export type Day = { readonly lives: readonly Life[]; readonly events: readonly SimulatedEvent[] };

/** `count` events of a quarter as many contacts in the order in which they happen. */
export const ordinaryDay = (part: Part, count = part.count): Day => {
  const { faker, newLife } = part;
  const lives = Array.from({ length: Math.max(1, Math.ceil(count / EVENTS_A_CONTACT)) }, newLife);
  const others = Array.from({ length: Math.max(0, count - lives.length) }, () =>
    faker.helpers.arrayElement(lives),
  );
  const turns = faker.helpers.shuffle([...lives, ...others]);
  return { lives, events: turns.map((life) => nextOf(life, faker)) };
};
