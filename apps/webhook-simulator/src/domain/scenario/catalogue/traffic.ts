import { type Delivery, tell, tellAgain } from '../../delivery/delivery.ts';
import { ordinaryDay, parameterOf } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { contactsOf, dueAt, paced } from '../timing.ts';

/** How fast and in which order an ordinary day is told. */
export const steady: Scenario = {
  name: 'steady',
  summary: 'Contacts are made, changed, deleted and brought back at an even rate.',
  parameters: {},
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    return { contacts: contactsOf(lives), deliveries: paced(part, events) };
  },
};

const BURST_SHARE = 0.8;

export const burst: Scenario = {
  name: 'burst',
  summary: 'In the midst of an even rate, a multiple of it for some seconds.',
  parameters: {
    factor: { description: 'How many times the rate', minimum: 2, maximum: 50, default: 10 },
    seconds: { description: 'How long', minimum: 0.1, maximum: 60, default: 5 },
  },
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const fast = part.ratePerSecond * parameterOf(part, 'factor');
    const inBurst = Math.min(
      Math.floor(events.length * BURST_SHARE),
      Math.floor(fast * parameterOf(part, 'seconds')),
    );
    const before = Math.floor((events.length - inBurst) / 2);
    const timeOf = (index: number): number => {
      const burstAt = Math.min(Math.max(index - before, 0), inBurst) * (1_000 / fast);
      const calm = Math.min(index, before) + Math.max(0, index - before - inBurst);
      return dueAt(part, calm) + burstAt;
    };
    return {
      contacts: contactsOf(lives),
      deliveries: events.map((event, index) => tell(event, timeOf(index))),
    };
  },
};

const AT_ONCE_SHARE = 0.3;

export const duplicates: Scenario = {
  name: 'duplicates',
  summary: 'Events come again, some at the same moment, some much later.',
  parameters: {
    share: { description: 'Share of the events that come again', minimum: 0, maximum: 1, default: 0.5 },
    times: { description: 'How often at most', minimum: 1, maximum: 5, default: 3 },
  },
  plan: (part) => {
    const { faker, count } = part;
    const { lives, events } = ordinaryDay(part);
    const firsts = paced(part, events);
    const again = faker.helpers.arrayElements(firsts, Math.round(count * parameterOf(part, 'share')));
    const repeatsOf = ({ about, at }: Delivery): Delivery[] =>
      Array.from({ length: faker.number.int({ min: 1, max: parameterOf(part, 'times') }) }, () => {
        const pause = faker.datatype.boolean(AT_ONCE_SHARE)
          ? 0
          : faker.number.float({ max: dueAt(part, count) });
        return tellAgain(about, at + pause);
      });
    return { contacts: contactsOf(lives), deliveries: [...firsts, ...again.flatMap(repeatsOf)] };
  },
};

export const reordered: Scenario = {
  name: 'reordered',
  summary: 'Events overtake each other within a window.',
  parameters: {
    window: { description: 'Places by which one may be late', minimum: 1, maximum: 500, default: 30 },
  },
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const late = () => part.faker.number.float({ max: parameterOf(part, 'window') });
    return {
      contacts: contactsOf(lives),
      deliveries: events.map((event, index) => tell(event, dueAt(part, index + late()))),
    };
  },
};

const LATE_SHARE = 0.3;
const MS = 1_000;

export const delayed: Scenario = {
  name: 'delayed',
  summary: 'A third of the events comes seconds late, when newer ones of the contact are in.',
  parameters: {
    seconds: { description: 'How late at most', minimum: 0.1, maximum: 300, default: 3 },
  },
  plan: (part) => {
    const { faker } = part;
    const { lives, events } = ordinaryDay(part);
    const lateMs = () =>
      faker.datatype.boolean(LATE_SHARE) ? faker.number.float({ max: parameterOf(part, 'seconds') }) * MS : 0;
    return {
      contacts: contactsOf(lives),
      deliveries: events.map((event, index) => tell(event, dueAt(part, index) + lateMs())),
    };
  },
};

export const droppedThenRedelivered: Scenario = {
  name: 'dropped-then-redelivered',
  summary: 'A third of the deliveries goes missing; AcmeCRM sends them all again afterwards.',
  parameters: {
    seconds: { description: 'How long afterwards', minimum: 0.1, maximum: 300, default: 2 },
  },
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    const afterwards = dueAt(part, events.length) + parameterOf(part, 'seconds') * MS;
    const deliveries = events.map((event, index) =>
      tell(event, part.faker.datatype.boolean(LATE_SHARE) ? afterwards : dueAt(part, index)),
    );
    return { contacts: contactsOf(lives), deliveries };
  },
};

const PATIENCE_MS = 900_000;

export const outageDrill: Scenario = {
  name: 'outage-drill',
  summary:
    'An even rate that goes on while an operator stops and starts parts; each delivery is tried for 15 minutes.',
  parameters: {},
  plan: (part) => {
    const { lives, events } = ordinaryDay(part);
    return { contacts: contactsOf(lives), deliveries: paced(part, events, { patienceMs: PATIENCE_MS }) };
  },
};
