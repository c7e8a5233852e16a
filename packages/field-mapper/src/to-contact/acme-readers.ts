import type { AcmeRecord } from '@contact-sync/domain';
import type { AcmePath } from '../definition/acme-path.ts';
import { ownMember } from '../plain-object.ts';

type Read = (record: AcmeRecord) => unknown;

/**
 * One function literal a member, so that each keeps a property cache of its own: one closure over the member's name
 * would be megamorphic, several times slower.
 */
const knownReads: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['id', (record) => record.id],
  ['acme_first_name', (record) => record.acme_first_name],
  ['acme_last_name', (record) => record.acme_last_name],
  ['acme_email', (record) => record.acme_email],
  ['acme_phone', (record) => record.acme_phone],
  ['acme_company', (record) => record.acme_company],
  ['acme_title', (record) => record.acme_title],
  ['acme_address', (record) => record.acme_address],
  ['acme_notes', (record) => record.acme_notes],
  ['acme_status', (record) => record.acme_status],
  ['acme_tags', (record) => record.acme_tags],
  ['acme_custom_fields', (record) => record.acme_custom_fields],
  ['acme_created_at', (record) => record.acme_created_at],
  ['acme_updated_at', (record) => record.acme_updated_at],
  ['acme_version', (record) => record.acme_version],
]);

/** Compiles the reading of a place in AcmeCRM's record; undefined where nothing stands. */
export const readerOf = ({ member, key }: AcmePath): Read => {
  const whole: Read = knownReads.get(member) ?? ((record) => ownMember(record, member));
  return key === null ? whole : (record) => ownMember(whole(record), key);
};
