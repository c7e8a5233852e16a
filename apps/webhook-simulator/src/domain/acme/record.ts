import type { AcmeContact, CustomFieldValue } from '@contact-sync/domain';
import type { Faker } from '@faker-js/faker';
import type { Place } from './places.ts';
import { sentences } from './sentences.ts';

/** The members of a record that a change may touch. */
export type EditableMember =
  | 'acme_first_name'
  | 'acme_last_name'
  | 'acme_email'
  | 'acme_phone'
  | 'acme_company'
  | 'acme_title'
  | 'acme_address'
  | 'acme_notes'
  | 'acme_status'
  | 'acme_tags'
  | 'acme_custom_fields';

const tagWords = ['vip', 'newsletter', 'trial', 'renewal', 'partner', 'événement', '要連絡', 'q3-launch'];

const phone = (faker: Faker): string =>
  faker.helpers.weightedArrayElement([
    { weight: 6, value: faker.phone.number({ style: 'international' }) },
    { weight: 3, value: `+1 (415) 555-01${faker.string.numeric(2)}` },
    { weight: 1, value: `ask reception ${faker.string.numeric(3)}` },
  ]);

const customFields = (faker: Faker): Record<string, CustomFieldValue> => ({
  lead_score: faker.number.int({ min: 0, max: 100 }),
  discount_rate: faker.number.float({ min: 0, max: 0.5, fractionDigits: 3 }),
  opted_in: faker.datatype.boolean(),
  account_manager: faker.person.fullName(),
  ...(faker.datatype.boolean(0.3)
    ? { 'größe des betriebs': faker.helpers.arrayElement(['S', 'M', 'L']) }
    : {}),
});

/** A fresh value for one member; an optional one is now and then empty. */
export const drawValue = (member: EditableMember, faker: Faker, place: Place): unknown => {
  const maybe = <Value>(value: Value): Value | null => (faker.datatype.boolean(0.9) ? value : null);
  switch (member) {
    case 'acme_first_name':
      return faker.person.firstName();
    case 'acme_last_name':
      return faker.person.lastName();
    case 'acme_email':
      return `${faker.string.alphanumeric({ length: 10, casing: 'lower' })}@${faker.internet.domainName()}`;
    case 'acme_phone':
      return maybe(phone(faker));
    case 'acme_company':
      return maybe(faker.company.name().slice(0, 200));
    case 'acme_title':
      return maybe(faker.person.jobTitle().slice(0, 200));
    case 'acme_address':
      return maybe(place.flatAddress(faker));
    case 'acme_notes':
      return maybe(faker.helpers.arrayElements(sentences, { min: 1, max: 4 }).join('\r\n'));
    case 'acme_status':
      return maybe(faker.helpers.arrayElement(['Active', 'Inactive', 'Lead']));
    case 'acme_tags':
      return faker.helpers.arrayElements(tagWords, { min: 0, max: 4 });
    case 'acme_custom_fields':
      return customFields(faker);
  }
};

/** Every member of {@link EditableMember}. */
export const editableMembers: readonly EditableMember[] = [
  'acme_first_name',
  'acme_last_name',
  'acme_email',
  'acme_phone',
  'acme_company',
  'acme_title',
  'acme_address',
  'acme_notes',
  'acme_status',
  'acme_tags',
  'acme_custom_fields',
];

/** A contact as AcmeCRM has it at version 1, with a member that we do not know by name. */
export const newRecord = (acmeId: string, at: string, faker: Faker, place: Place): AcmeContact => ({
  id: acmeId,
  ...(Object.fromEntries(editableMembers.map((member) => [member, drawValue(member, faker, place)])) as Pick<
    AcmeContact,
    EditableMember
  >),
  acme_created_at: at,
  acme_updated_at: at,
  acme_version: 1,
  ...{ acme_owner_region: faker.helpers.arrayElement(['emea', 'amer', 'apac']) },
});
