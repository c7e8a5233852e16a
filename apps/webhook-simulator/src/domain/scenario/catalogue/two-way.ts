import type { AcmeConduct } from '@contact-sync/api-contracts';
import {
  type BothWaysPlan,
  type PlannedContact,
  type SharedField,
  type Side,
  type Step,
  sharedFields,
} from '../../both-ways/plan.ts';
import { type Part, parameterOf } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { dueAt } from '../timing.ts';

const STEPS_OF_CONTACT = 6;
/** One write less than the loop breaker lets pass of a contact: one more is that of a birth. */
const MOST_EDITS_HERE = 5;
const PERIOD_SECONDS = 10;
const PERCENT = 100;
const BEFORE_DELETES_MS = 1_000;

const fields = Object.keys(sharedFields) as SharedField[];

/** Of each kind another, so that the end tells whose it is. */
const valueFor = (field: SharedField, side: Side, number: number): string =>
  field === 'phone' ? `+1415555${1_000 + number}` : `Set ${side} ${number}`;

const ada = (number: number) => ({
  firstName: 'Ada',
  lastName: `Born here ${number}`,
  email: `ada${number}@example.com`,
});

const memberOf = (part: Part): Readonly<Record<string, unknown>> => {
  const record = part.newLife().change().record;
  const { id, acme_version, acme_created_at, acme_updated_at, ...members } = { ...record };
  return members;
};

const contactsOf = (part: Part, count: number): PlannedContact[] =>
  Array.from({ length: count }, (_, index): PlannedContact => {
    const isHere = part.faker.datatype.boolean(parameterOf(part, 'bornHere'));
    return {
      bornAt: dueAt(part, index),
      born: isHere ? 'here' : 'there',
      members: isHere ? ada(index) : memberOf(part),
    };
  });

const editsOf = (part: Part, contacts: number): Step[] => {
  const { faker } = part;
  const editsHere = new Map<number, number>();
  return Array.from({ length: Math.max(0, part.count - contacts) }, (_, index): Step => {
    const drawn = faker.helpers.arrayElement<Side>(['there', 'here']);
    const field = faker.helpers.arrayElement(fields);
    const contact = faker.number.int({ max: contacts - 1 });
    const here = editsHere.get(contact) ?? 0;
    const side = here < MOST_EDITS_HERE ? drawn : 'there';
    if (side === 'here') editsHere.set(contact, here + 1);
    return {
      at: dueAt(part, contacts + index),
      contact,
      kind: 'edit',
      side,
      field,
      value: valueFor(field, side, index),
    };
  });
};

const deletesOf = (part: Part, contacts: number): Step[] =>
  Array.from(
    { length: contacts },
    (_, contact): Step => ({
      at: dueAt(part, part.count) + BEFORE_DELETES_MS,
      contact,
      kind: 'delete',
      side: 'there',
    }),
  ).filter(() => part.faker.datatype.boolean(parameterOf(part, 'deletes')));

const conductOf = (part: Part): AcmeConduct => {
  const of = (name: string) => parameterOf(part, name);
  const fails = [
    { as: 'limited', forSeconds: of('limitedSeconds'), everySeconds: PERIOD_SECONDS } as const,
    { as: 'unavailable', forSeconds: of('awaySeconds'), everySeconds: PERIOD_SECONDS + 1 } as const,
  ].filter(({ forSeconds }) => forSeconds > 0);
  return {
    ...(of('delayMs') > 0 && { webhookDelayMs: Math.round(of('delayMs')) }),
    ...(of('latencyMs') > 0 && { latencyMs: Math.round(of('latencyMs')) }),
    ...(of('normalises') > 0 && { normalises: true }),
    ...(of('drop') > 0 && { dropWebhooks: { drop: Math.round(of('drop')), of: PERCENT } }),
    ...(fails.length > 0 && { fails }),
  };
};

const planOf = (part: Part): BothWaysPlan => {
  const count = Math.max(1, Math.ceil(part.count / STEPS_OF_CONTACT));
  const contacts = contactsOf(part, count);
  return { contacts, steps: [...editsOf(part, count), ...deletesOf(part, count)], conduct: conductOf(part) };
};

/** People change contacts on both sides, of AcmeCRM's store and here, while AcmeCRM is late, limits and is away. */
export const twoWay: Scenario = {
  name: 'two-way',
  summary:
    'People edit contacts in AcmeCRM and here at once, in disorder and through outages; both end alike.',
  playsStore: true,
  maxCount: 6_000,
  parameters: {
    bornHere: {
      description: 'Share of the contacts that are made here',
      minimum: 0,
      maximum: 1,
      default: 0.25,
    },
    deletes: { description: 'Share that AcmeCRM deletes at the end', minimum: 0, maximum: 1, default: 0.05 },
    delayMs: { description: 'How late webhooks are at most', minimum: 0, maximum: 60_000, default: 300 },
    latencyMs: {
      description: 'How long each answer of its API waits',
      minimum: 0,
      maximum: 10_000,
      default: 0,
    },
    limitedSeconds: { description: 'Of each 10 s, answers 429', minimum: 0, maximum: 9, default: 0 },
    awaySeconds: { description: 'Of each 11 s, answers 503', minimum: 0, maximum: 9, default: 0 },
    normalises: { description: '1: it keeps values in its own spelling', minimum: 0, maximum: 1, default: 0 },
    drop: {
      description: 'Percent of the webhooks that are lost; a sweep heals them',
      minimum: 0,
      maximum: 100,
      default: 0,
    },
  },
  plan: (part) => ({ contacts: [], deliveries: [], bothWays: planOf(part) }),
};
