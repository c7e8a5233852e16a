import type { AcmeContact } from '@contact-sync/domain';
import type { Faker } from '@faker-js/faker';
import type { Place } from './places.ts';
import { drawValue, editableMembers } from './record.ts';

const MOST_MEMBERS = 3;

/**
 * The record after one change in AcmeCRM: one to three members are written anew and the version is one higher. A custom
 * field counts the changes, so that no two versions of a contact have the same content.
 */
export const changeRecord = (before: AcmeContact, at: string, faker: Faker, place: Place): AcmeContact => {
  const members = faker.helpers.arrayElements(editableMembers, { min: 1, max: MOST_MEMBERS });
  const written = Object.fromEntries(members.map((member) => [member, drawValue(member, faker, place)]));
  const after = { ...before, ...written } as AcmeContact;
  return {
    ...after,
    acme_custom_fields: { ...after.acme_custom_fields, times_edited: before.acme_version },
    acme_updated_at: at,
    acme_version: before.acme_version + 1,
  };
};
