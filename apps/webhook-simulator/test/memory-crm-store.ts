import { parseJson } from '@contact-sync/domain';
import type { CrmStore, StoredCrmContact, WaitingWebhook } from '../src/crm-ports.ts';
import type { CrmContact } from '../src/domain/crm/crm-contact.ts';

/** Keeps texts, as a store behind a network does, and the webhooks that were written with them. */
export const createMemoryCrmStore = (): CrmStore & {
  readonly written: WaitingWebhook[];
  /** As a day later. */
  readonly forgetAnswers: () => void;
} => {
  const texts = new Map<string, string>();
  const answers = new Map<string, string>();
  const owners = new Map<string, string>();
  const written: WaitingWebhook[] = [];
  const read = (text: string | undefined): StoredCrmContact | undefined =>
    text === undefined ? undefined : { text, contact: parseJson(text) as CrmContact };
  const placeOf = ({ record }: CrmContact) =>
    `${String(Date.parse(record.acme_updated_at ?? '')).padStart(14, '0')} ${record.id}`;
  return {
    written,
    forgetAnswers: () => answers.clear(),
    find: async (id) => read(texts.get(id)),
    answerOf: async (key) => {
      const text = answers.get(key);
      return text === undefined ? undefined : (parseJson(text) as { bodyHash: string; contact: CrmContact });
    },
    write: async ({ before, contact, event, answer }) => {
      const { id, acme_external_id: externalId } = contact.record;
      if (texts.get(id) !== before?.text) return { kind: 'moved' };
      const owner = externalId === undefined ? undefined : owners.get(externalId);
      if (owner !== undefined && owner !== id) return { kind: 'taken', id: owner };
      texts.set(id, JSON.stringify(contact));
      if (externalId !== undefined) owners.set(externalId, id);
      if (answer) answers.set(answer.key, JSON.stringify({ bodyHash: answer.bodyHash, contact }));
      written.push({ id: `${written.length}`, eventId: event.id, acmeId: id, body: JSON.stringify(event) });
      return { kind: 'written' };
    },
    list: async ({ from, after, limit }) => {
      const start = after ?? String(Math.max(0, from)).padStart(14, '0');
      const contacts = [...texts.values()].flatMap((text) => read(text)?.contact ?? []);
      const following = contacts
        .map((contact) => ({ contact, place: placeOf(contact) }))
        .filter(({ place }) => place > start)
        .toSorted((one, other) => (one.place < other.place ? -1 : 1));
      const page = following.slice(0, limit);
      const next = following.length > limit ? page.at(-1)?.place : undefined;
      return { contacts: page.map(({ contact }) => contact), ...(next !== undefined && { next }) };
    },
  };
};
