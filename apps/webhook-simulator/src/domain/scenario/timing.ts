import type { SimulatedEvent } from '../acme/event.ts';
import { type Delivery, type Manner, plant, tell } from '../delivery/delivery.ts';
import { ordinaryDay, type Part } from './part.ts';
import type { Script } from './scenario.ts';

/** When the nth delivery of a part begins, in ms. */
export const dueAt = ({ ratePerSecond }: Part, index: number): number => (index * 1_000) / ratePerSecond;

/** Events at the part's rate. */
export const paced = (part: Part, events: readonly SimulatedEvent[], manner: Manner = {}): Delivery[] =>
  events.map((event, index) => tell(event, dueAt(part, index), manner));

/** Contacts of some lives. */
export const contactsOf = (lives: readonly { readonly contact: Script['contacts'][number] }[]) =>
  lives.map(({ contact }) => contact);

type Planting = Parameters<typeof plant>[2];

/**
 * An ordinary day with planted deliveries between, as many as events, each of a version that AcmeCRM never had: what is
 * wrongly believed shows at a contact.
 */
export const dayWithPlanted = (
  part: Part,
  planting: (forged: SimulatedEvent, index: number) => Planting,
): Script => {
  const { lives, events } = ordinaryDay(part, Math.ceil(part.count / 2));
  const planted = Array.from({ length: Math.floor(part.count / 2) }, (_, index) => {
    const about = part.faker.helpers.arrayElement(lives).forge();
    return plant(about, dueAt(part, 2 * index + 1), planting(about, index));
  });
  const sound = events.map((event, index) => tell(event, dueAt(part, 2 * index)));
  return { contacts: contactsOf(lives), deliveries: [...sound, ...planted] };
};

/** The item whose turn it is when all take turns. */
export const inTurn = <Item>(items: readonly [Item, ...Item[]], index: number): Item =>
  items[index % items.length] ?? items[0];
