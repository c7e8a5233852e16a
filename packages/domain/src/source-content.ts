import { acmeContactMembers } from './acme-contact.ts';
import type { AcmeRecord } from './contact-mapping.ts';
import { isNothing, normalizeCustomFields } from './normalize-record.ts';
import { setOwnMember } from './own-member.ts';
import type { SourceEvent } from './source-event.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an event says about the contact: that it is gone, or its full record. */
export type SourceContent =
  | { readonly deleted: true; readonly id: string }
  | {
      readonly deleted: false;
      readonly record: AcmeRecord;
      /** Members of `extra` and of `data` that say nothing: another spelling of the same content has others. */
      readonly unsaid: readonly [extra: Members, data: Members];
    };

/** The members for which we know that an empty collection means the same as an absent one. */
const collections: ReadonlySet<string> = new Set(['acme_tags', 'acme_custom_fields']);

const isEmpty = (member: string, value: unknown): boolean =>
  isNothing(value) || (collections.has(member) && Object.keys(Object(value)).length === 0);

/** The custom fields that say something, where others do not. */
const saidOf = (member: string, value: unknown): unknown =>
  member === 'acme_custom_fields' && Object.values(Object(value)).some(isNothing)
    ? normalizeCustomFields(value)
    : value;

/** A record in one spelling, and what of it says nothing; `extra` has the members that are not among the documented. */
export const recordOf = (
  data: Members,
  members: Members,
): { readonly record: AcmeRecord; readonly unsaid: readonly [extra: Members, data: Members] } => {
  const record: Record<string, unknown> = {};
  const [extra, unsaid]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  for (const [member, value] of Object.entries(members)) {
    const isSaid = !acmeContactMembers.has(member) && !isEmpty(member, value);
    setOwnMember(isSaid ? record : extra, member, value);
  }
  for (const member of Object.keys(data)) {
    const value = data[member];
    const said = saidOf(member, value);
    if (!isEmpty(member, said)) setOwnMember(record, member, said);
    if (said !== value || isEmpty(member, said)) setOwnMember(unsaid, member, value);
  }
  // The required members were checked on the way in and are never empty, so they are all still there.
  return { record: record as AcmeRecord, unsaid: [extra, unsaid] };
};

/**
 * Content in one spelling: a member that is null or an empty text, a custom field too, and an empty list or object of a
 * collection that we know, is left out; members that we do not know by name are kept otherwise. So equal contents are
 * equal records (design section 2).
 */
export const contentOf = (event: SourceEvent): SourceContent =>
  event.eventType === 'contact.deleted'
    ? { deleted: true, id: event.data.id }
    : { deleted: false, ...recordOf(event.data, event.extra) };
