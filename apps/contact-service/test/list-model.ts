import type { Contact } from '@contact-sync/domain';
import type { ContactList } from '../src/domain/lists/contact-list.ts';
import type { ContactStore, Page } from '../src/ports.ts';

const lower = (text: string) => text.normalize('NFC').toLowerCase();
/** As far as the names of these tests go. */
const bare = (name: string) =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('æ', 'ae');

const isAskedFor = (contact: Contact, { includeDeleted, filters = {} }: ContactList): boolean => {
  const { email, status, company, tag, source, updatedSince, q } = filters;
  const whole = `${bare(contact.firstName)} ${bare(contact.lastName)}`;
  return (
    (includeDeleted || contact.deletedAt === undefined) &&
    (email === undefined || lower(contact.email) === lower(email)) &&
    (status === undefined || contact.status === status) &&
    (company === undefined || (contact.company !== null && lower(contact.company) === lower(company))) &&
    (tag === undefined || contact.tags.some((own) => lower(own) === lower(tag))) &&
    (source === undefined || contact.source === source) &&
    (updatedSince === undefined || Date.parse(contact.updatedAt) >= updatedSince) &&
    (q === undefined || whole.startsWith(bare(q)) || bare(contact.lastName).startsWith(bare(q)))
  );
};

const bytes = (text: string) => Buffer.from(text);

/** Names are told apart by 64 characters in a list's order. */
const cut = (name: string) => name.slice(0, 64);

const sortTextOf = (contact: Contact, { order, filters = {} }: ContactList): string => {
  if (order.by === 'createdAt' || order.by === 'updatedAt') return contact[order.by];
  const last = bare(contact.lastName);
  if (order.by === 'lastName') return cut(last);
  const [first = ''] = [`${bare(contact.firstName)} ${last}`, last]
    .filter((name) => cut(name).startsWith(cut(bare(filters.q ?? ''))))
    .map(cut)
    .sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
  return first;
};

/** What a list must hold, by looking at everything: the ids in order; those of equal sort value by creation, then id. */
export const idsOfList = (contacts: Iterable<Contact>, list: ContactList): string[] => {
  const placed = [...contacts]
    .filter((contact) => isAskedFor(contact, list))
    .map((contact) => {
      const id = Buffer.from(contact.id.replaceAll('-', ''), 'hex').toString('base64url');
      return { contact, keys: [sortTextOf(contact, list), contact.createdAt, id].map(bytes) };
    })
    .sort((one, other) => {
      const differences = one.keys.map((key, index) => Buffer.compare(key, other.keys[index] ?? key));
      return differences.find((difference) => difference !== 0) ?? 0;
    });
  const ids = placed.map(({ contact }) => contact.id);
  return list.order.descending ? ids.reverse() : ids;
};

/** Every page of a list, from the first to the one without a next. */
export const pagesOf = async (
  store: Pick<ContactStore, 'list'>,
  list: ContactList,
  limit: number,
): Promise<Page<Contact>[]> => {
  const pages: Page<Contact>[] = [];
  let after: string | undefined;
  do {
    const page = await store.list({ ...list, limit, ...(after !== undefined && { after }) });
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
};

/** The ids of every page of a list, in the order in which they came. */
export const walkedIds = async (
  store: Pick<ContactStore, 'list'>,
  list: ContactList,
  limit: number,
): Promise<string[]> => (await pagesOf(store, list, limit)).flatMap(({ items }) => items.map(({ id }) => id));
