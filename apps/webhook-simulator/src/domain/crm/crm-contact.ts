import type { AcmeRecord } from '@contact-sync/api-contracts';
import type { Webhook } from '../acme/event.ts';

/** A contact in AcmeCRM's store; of a deleted one the record is what it was, at the version of its deletion. */
export type CrmContact = { readonly record: AcmeRecord; readonly deleted: boolean };

/** The webhook that tells of a contact as it is now. */
export const eventOf = ({ record, deleted }: CrmContact, eventId: string): Webhook => {
  const { id, acme_version, acme_updated_at } = record;
  const type = acme_version === 1 ? 'contact.created' : 'contact.updated';
  return {
    id: eventId,
    event: deleted ? 'contact.deleted' : type,
    timestamp: acme_updated_at ?? new Date(0).toISOString(),
    data: deleted ? { id, acme_version } : record,
  };
};

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);

/** A merge patch (RFC 7396). */
const merged = (before: Members, patch: Members): Members => {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) after.delete(name);
    else if (isObject(value)) {
      const stood = before[name];
      after.set(name, merged(isObject(stood) ? stood : {}, value));
    } else after.set(name, value);
  }
  return Object.fromEntries(after);
};

/** Members that AcmeCRM gives, whatever a caller sends for them. */
const own = ['id', 'acme_version', 'acme_created_at', 'acme_updated_at', 'acme_external_id', 'acme_deleted'];

const given = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !own.includes(name)));

/** A new contact as AcmeCRM makes it of what it is given. */
export const newContact = (members: Members, id: string, at: string): CrmContact => {
  const externalId = members['acme_external_id'];
  const record = {
    ...merged({}, given(members)),
    id,
    acme_created_at: at,
    acme_updated_at: at,
    acme_version: 1,
    ...(typeof externalId === 'string' && { acme_external_id: externalId }),
  };
  // The contract has judged the members, and the rest stands above.
  return { record: record as AcmeRecord, deleted: false };
};

/** The contact after a merge patch, a version higher; undefined where the patch changes nothing. */
export const patched = ({ record }: CrmContact, patch: Members, at: string): CrmContact | undefined => {
  const after = merged({ ...record }, given(patch));
  if (JSON.stringify(after) === JSON.stringify(record)) return undefined;
  const changed = { ...after, acme_updated_at: at, acme_version: record.acme_version + 1 };
  return { record: changed as AcmeRecord, deleted: false };
};

/** The contact after its deletion, which is a version too. */
export const removed = ({ record }: CrmContact, at: string): CrmContact => ({
  record: { ...record, acme_updated_at: at, acme_version: record.acme_version + 1 },
  deleted: true,
});
