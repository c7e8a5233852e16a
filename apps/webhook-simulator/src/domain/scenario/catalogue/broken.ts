import { limits } from '@contact-sync/domain';
import type { SimulatedEvent } from '../../acme/event.ts';
import { plant, refusedWith } from '../../delivery/delivery.ts';
import { ordinaryDay } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { contactsOf, dayWithPlanted, dueAt, inTurn, paced } from '../timing.ts';

type Break = (event: SimulatedEvent) => string;

const textOf: Break = ({ webhook }) => JSON.stringify(webhook);

const malformed: readonly [Break, ...Break[]] = [
  (event) => textOf(event).slice(0, textOf(event).length / 2),
  () => '',
  () => 'event=contact.created&id=1',
  (event) => `${textOf(event)}}`,
  (event) => textOf(event).replaceAll('"', "'"),
  (event) => textOf(event).replace('"acme_version":', '"acme_version":0'),
];

/** Bodies that no sound sender makes. */
export const malformedJson: Scenario = {
  name: 'malformed-json',
  summary:
    'Every second body is no JSON: cut, empty, a form, a brace too many, other quotes, a number with a zero.',
  parameters: {},
  plan: (part) =>
    dayWithPlanted(part, (event, index) => ({
      expected: refusedWith(400, 'MALFORMED_BODY'),
      body: () => inTurn(malformed, index)(event),
    })),
};

const withData =
  (change: Readonly<Record<string, unknown>>): Break =>
  ({ webhook }) =>
    JSON.stringify({ ...webhook, data: { ...webhook.data, ...change } });

const withEnvelope =
  (change: Readonly<Record<string, unknown>>): Break =>
  ({ webhook }) =>
    JSON.stringify({ ...webhook, ...change });

const invalid: readonly [Break, ...Break[]] = [
  withData({ acme_version: undefined }),
  withData({ acme_version: 0 }),
  withData({ acme_version: '7' }),
  withData({ acme_email: 'no address' }),
  withData({ acme_last_name: '' }),
  withData({ acme_first_name: 'x'.repeat(limits.nameLength + 1) }),
  withData({ acme_notes: 'x'.repeat(limits.notesLength + 1) }),
  withData({ acme_status: 'Unknown' }),
  withData({ acme_tags: 'vip' }),
  withData({ acme_custom_fields: { nested: { a: 1 } } }),
  withData({ acme_created_at: 'the day before yesterday' }),
  withData({ id: 7 }),
  withEnvelope({ data: undefined }),
  withEnvelope({ id: undefined }),
  withEnvelope({ timestamp: 'now' }),
];

export const schemaInvalid: Scenario = {
  name: 'schema-invalid',
  summary:
    'Every second event is JSON and breaks the schema: a member missing, of another type, too long, out of range.',
  parameters: {},
  plan: (part) =>
    dayWithPlanted(part, (event, index) => ({
      expected: refusedWith(400, 'INVALID_BODY'),
      body: () => inTurn(invalid, index)(event),
    })),
};

export const oversize: Scenario = {
  name: 'oversize',
  summary: 'Every second body is a byte and more above the limit of 1 MiB.',
  parameters: {},
  maxCount: 100,
  plan: (part) =>
    dayWithPlanted(part, (event) => ({
      expected: refusedWith(413, 'PAYLOAD_TOO_LARGE'),
      body: () => textOf(event).padEnd(limits.deliveryBytes + 1, ' '),
    })),
};

export const unknownEventType: Scenario = {
  name: 'unknown-event-type',
  summary:
    'Every second event is of a type that we do not know, ping among them: answered 2xx, and nothing happens.',
  parameters: {},
  plan: (part) => {
    const types: readonly [string, ...string[]] = ['ping', 'contact.merged', 'deal.won', 'CONTACT.UPDATED'];
    return dayWithPlanted(part, (event, index) => ({
      expected: { kind: 'ignored' },
      body: () => withEnvelope({ event: inTurn(types, index) })(event),
    }));
  },
};

/** Few enough that a consumer does not take them for a fault of its own (design rule 8). */
const POISON_EVERY = 12;

export const poison: Scenario = {
  name: 'poison',
  summary:
    'Among sound events, some that ingest takes and nobody can apply: other contents for a version that is there.',
  parameters: {},
  plan: (part) => {
    const poisonous = Math.max(1, Math.floor(part.count / POISON_EVERY));
    const { lives, events } = ordinaryDay(part, Math.max(1, part.count - 3 * poisonous));
    const chosen = part.faker.helpers.arrayElements(lives, poisonous);
    const end = dueAt(part, events.length);
    const poisoned = chosen.flatMap((life, index) => {
      // The version that follows decides, whichever of the two was there first.
      const [sound, other, next] = [life.change(), life.contradict(), life.change()];
      const at = end + dueAt(part, 3 * index);
      return paced(part, [sound, other, next]).map((delivery) => ({ ...delivery, at: at + delivery.at }));
    });
    return { contacts: contactsOf(lives), deliveries: [...paced(part, events), ...poisoned] };
  },
};

const ITEMS = 8;

export const arrays: Scenario = {
  name: 'arrays-with-a-bad-item',
  summary:
    'Deliveries of up to eight events, one of which is not valid: it is refused, and its neighbours are not.',
  parameters: {},
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const deliveries = Array.from({ length: Math.ceil(events.length / ITEMS) }, (_, index) => {
      const items = events.slice(index * ITEMS, (index + 1) * ITEMS);
      const about = items[0] ?? part.faker.helpers.arrayElement(events);
      const bad = inTurn(invalid, index)(part.faker.helpers.arrayElement(lives).forge());
      const place = part.faker.number.int({ max: items.length });
      const texts = items.map(textOf).toSpliced(place, 0, bad);
      return {
        ...plant(about, dueAt(part, index * ITEMS), { expected: { kind: 'accepted', refusedItems: 1 } }),
        events: items,
        body: () => `[${texts.join()}]`,
      };
    });
    return { contacts: contactsOf(lives), deliveries };
  },
};
