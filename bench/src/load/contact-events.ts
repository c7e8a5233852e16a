import { type AcmeRecord, contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, sourceEvent } from '@contact-sync/testing';

const templateCount = 1_000;
// Each has enough contacts for a page of 50 even in the small set, also together with another filter.
const companyCount = 20;
const stamp = '2025-06-01T09:00:00.000Z';

const acmeIdOf = (number: number): string => `bench-${number}`;

/** The id of the contact of this number, in every store. */
export const contactIdOf = (number: number): string => contactIdOfAcme(acmeIdOf(number));

/** No two contacts share one. */
export const emailOf = (number: number): string => `contact.${number}@example.com`;

/** One contact in twenty has the company of its number. */
export const companyOf = (number: number): string => `Company ${number % companyCount}`;

const tags = ['vip', 'customer', 'partner', 'prospect'] as const;

/** Two of four tags; neighbours in an order by names, which share a template, have different ones. */
const tagsOf = (number: number): readonly string[] => {
  const turn = number + Math.floor(number / templateCount);
  return [tags[turn % tags.length] ?? '', tags[(turn + 1) % tags.length] ?? ''];
};

/** What stands behind the members that are each contact's own; made once, since faker is slower than the subject. */
const templateOf = (seed: number): string => {
  const { id: _id, acme_email: _email, acme_version: _version, ...rest } = acmeContact(seed);
  const { acme_company: _company, acme_title: _title, acme_tags: _tags, ...others } = rest;
  const contact = { ...others, id: '', acme_email: '', acme_version: 1 } as AcmeRecord;
  const { data, extra } = sourceEvent(acmeEvent(contact));
  const { id: _none, acme_email: _no, acme_version: _one, ...shared } = data as AcmeRecord;
  return `${JSON.stringify(shared).slice(1)},"extra":${JSON.stringify(extra)}}`;
};

let templates: readonly string[] = [];

/** Event number `version` of a contact as event-worker sends it, as JSON; each version has another title. */
export const eventJson = (number: number, version: number): string => {
  if (templates.length === 0)
    templates = Array.from({ length: templateCount }, (_, seed) => templateOf(seed));
  const type = version === 1 ? 'contact.created' : 'contact.updated';
  return (
    `{"eventId":"evt_${number}_${version}","eventType":"${type}","occurredAt":"${stamp}","receivedAt":"${stamp}",` +
    `"source":"acmecrm","contactId":"${contactIdOf(number)}","sourceVersion":${version},"data":{"id":"${acmeIdOf(number)}",` +
    `"acme_email":"${emailOf(number)}","acme_company":"${companyOf(number)}","acme_title":"Title ${version}",` +
    `"acme_tags":${JSON.stringify(tagsOf(number))},` +
    `"acme_version":${version},${templates[number % templateCount]}`
  );
};
