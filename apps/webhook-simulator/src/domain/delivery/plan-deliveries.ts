import type { RunOptions } from '@contact-sync/api-contracts';
import type { Faker } from '@faker-js/faker';
import { fakerOf, places } from '../scenario/places.ts';
import type { Scenario, SimulatedContact, SimulatedEvent } from '../scenario/scenario.ts';
import type { Delivery } from './delivery.ts';
import { plantedDelivery } from './planted.ts';

type Slot = { readonly delivery: Delivery; readonly at: number };

/** The order in which things happened: contacts interleaved at random, each contact's own events in order. */
const inOrder = ({ contacts }: Scenario, faker: Faker): SimulatedEvent[] => {
  const turns = faker.helpers.shuffle(contacts.flatMap((contact, index) => contact.events.map(() => index)));
  const next = contacts.map(() => 0);
  return turns.flatMap((index) => {
    const position = next[index] ?? 0;
    next[index] = position + 1;
    return contacts[index]?.events[position] ?? [];
  });
};

/** Makes some deliveries late by up to `window` places; a repeat comes after its first, now and then long after. */
const withDelays = (events: readonly SimulatedEvent[], options: RunOptions, faker: Faker): Slot[] => {
  const { reorderWindow } = options;
  const late = () => faker.number.float({ min: 0, max: reorderWindow });
  const slots = events.map(
    (event, index): Slot => ({ delivery: { kind: 'first', event }, at: index + late() }),
  );
  const repeated = faker.helpers.arrayElements(slots, Math.round(options.events * options.duplicates));
  return [
    ...slots,
    ...repeated.map(({ delivery, at }): Slot => {
      const pause = faker.datatype.boolean(0.8) ? late() : faker.number.float({ min: 0, max: events.length });
      return { delivery: { kind: 'repeat', event: delivery.event }, at: at + 0.5 + pause };
    }),
  ];
};

/** Brings the delete of a contact before everything else that is sent of it. */
const deletesFirst = (slots: readonly Slot[], contacts: readonly SimulatedContact[]): Slot[] => {
  const early = new Map(
    contacts
      .filter(({ kind }) => kind === 'deleteFirst')
      .map(({ contactId, events }) => [contactId, events.length]),
  );
  const start = new Map<string, number>();
  for (const { delivery, at } of slots) {
    const { contactId } = delivery.event;
    start.set(contactId, Math.min(at, start.get(contactId) ?? at));
  }
  return slots.map((slot) => {
    const { contactId, version } = slot.delivery.event;
    if (slot.delivery.kind !== 'first' || early.get(contactId) !== version) return slot;
    return { ...slot, at: (start.get(contactId) ?? 0) - 0.25 };
  });
};

const planted = (scenario: Scenario, options: RunOptions, faker: Faker): Slot[] =>
  (['badSignature', 'malformed'] as const).flatMap((kind) =>
    Array.from(
      { length: kind === 'badSignature' ? options.badSignatures : options.malformed },
      (_, index) => ({
        delivery: plantedDelivery(kind, index, faker.helpers.arrayElement(scenario.contacts)),
        at: faker.number.float({ min: 0, max: options.events }),
      }),
    ),
  );

/**
 * The POSTs of a run in the order in which they begin: every event once, the repeats, and the planted ones. A pure
 * function of its input. Events of one contact may be out of order by up to `reorderWindow` places.
 */
export const planDeliveries = (scenario: Scenario, options: RunOptions): Delivery[] => {
  const [first] = places;
  if (first === undefined) return [];
  // Another sequence than the scenario's, so that a changed plan leaves the contacts as they are.
  const faker = fakerOf(first, options.seed + 1);
  const slots = deletesFirst(withDelays(inOrder(scenario, faker), options, faker), scenario.contacts);
  return [...slots, ...planted(scenario, options, faker)]
    .sort((one, other) => one.at - other.at)
    .map(({ delivery }) => delivery);
};
