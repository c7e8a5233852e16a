import type { SimulatedEvent } from '../../acme/event.ts';
import { tell, tellAgain } from '../../delivery/delivery.ts';
import type { Part } from '../part.ts';
import type { Scenario } from '../scenario.ts';
import { contactsOf, dueAt, paced } from '../timing.ts';

const EVENTS_OF_DELETED = 3;

/** What may happen to contacts beside an ordinary day. */
export const deleteBeforeCreate: Scenario = {
  name: 'delete-before-create',
  summary: 'The delete of a contact comes before its create and its update; some come back.',
  parameters: {},
  plan: (part) => {
    const lives = Array.from(
      { length: Math.max(1, Math.ceil(part.count / EVENTS_OF_DELETED)) },
      part.newLife,
    );
    const events = lives.flatMap((life): SimulatedEvent[] => {
      const [created, updated, deleted] = [life.change(), life.change(), life.remove()];
      return part.faker.datatype.boolean()
        ? [deleted, created, updated]
        : [deleted, updated, life.change(), created];
    });
    return { contacts: contactsOf(lives), deliveries: paced(part, events) };
  },
};

/** A contact's history keeps the last 100 entries, and what is trimmed cannot be judged. */
const EVENTS_OF_HOT = 90;
const STORM_DUPLICATES = 0.2;

export const updateStorm: Scenario = {
  name: 'update-storm',
  summary:
    'One hot contact changes all the time, out of order and with repeats; a further one for every 90 events.',
  parameters: {},
  plan: (part) => {
    const { faker, count } = part;
    const lives = Array.from({ length: Math.ceil(count / EVENTS_OF_HOT) }, part.newLife);
    const events = Array.from({ length: count }, (_, index) => lives[index % lives.length]?.change()).filter(
      (event) => event !== undefined,
    );
    const late = () => faker.number.float({ max: EVENTS_OF_HOT / 2 });
    const firsts = events.map((event, index) => tell(event, dueAt(part, index + late())));
    const repeats = faker.helpers
      .arrayElements(firsts, Math.round(count * STORM_DUPLICATES))
      .map(({ about, at }) => tellAgain(about, at + dueAt(part, late())));
    return { contacts: contactsOf(lives), deliveries: [...firsts, ...repeats] };
  },
};

export const massDelete: Scenario = {
  name: 'mass-delete',
  summary: 'Contacts are made, and then all are deleted at once.',
  parameters: {},
  plan: (part) => {
    const lives = Array.from({ length: Math.max(1, Math.floor(part.count / 2)) }, part.newLife);
    const made = paced(
      part,
      lives.map((life) => life.change()),
    );
    const at = dueAt(part, lives.length);
    const deleted = lives.map((life) => tell(life.remove(), at));
    return { contacts: contactsOf(lives), deliveries: [...made, ...deleted] };
  },
};

const EDIT_EVERY = 3;

/** Members that AcmeCRM leaves alone, so that what was edited here must still stand at the end (design rule 4). */
const untouched = { acme_company: 'Company of AcmeCRM', acme_title: 'Title of AcmeCRM' };

export const localEdits: Scenario = {
  name: 'local-edits',
  summary:
    'While AcmeCRM changes contacts, people on our side edit other fields of them through the gateway.',
  parameters: {},
  plan: (part) => {
    const lives = Array.from({ length: Math.max(1, Math.ceil(part.count / 4)) }, part.newLife);
    const changes = () => lives.map((life) => life.change({ sent: untouched }));
    const events = [...changes(), ...changes(), ...changes(), ...changes()].slice(
      0,
      Math.max(part.count, lives.length),
    );
    return {
      contacts: contactsOf(lives),
      deliveries: paced(part, events),
      edits: editsOf(
        part,
        lives.map(({ contact }) => contact.contactId),
      ),
    };
  },
};

const editsOf = (part: Part, contactIds: readonly string[]) =>
  contactIds.flatMap((contactId, index) => {
    const at = (offset: number) => dueAt(part, index + offset * contactIds.length);
    const company = { at: at(1), contactId, field: 'company', value: `Edited here ${index + 1}` } as const;
    const title = { at: at(2), contactId, field: 'title', value: `Typed here ${index + 1}` } as const;
    return index % EDIT_EVERY === 0 ? [company, title] : [company];
  });
