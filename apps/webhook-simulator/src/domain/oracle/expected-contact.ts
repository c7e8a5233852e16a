import type { AcmeContact, Contact } from '@contact-sync/domain';
import { sameContent } from './same-content.ts';

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** Country codes by length (ITU E.164): the listed ones have one or two digits, every other has three. */
const countryCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/**
 * The digits that a number may have in E.164: its own, those with the code of the United States before them, or those
 * of `+49 (0)30 …` without the zero that is dialled at home only.
 */
const possibleDigits = (phone: string): string[] => {
  const digits = digitsOf(phone);
  if (!phone.startsWith('+')) return [digits.length === 10 ? `1${digits}` : digits];
  const code = countryCode.exec(digits)?.[0] ?? '';
  return [digits, code + digits.slice(code.length).replace(/^0/, '')];
};

/** Verbatim, or the same number in E.164. */
const samePhone = (theirs: string | null | undefined, ours: string | null): boolean => {
  if (!theirs || !ours) return sameContent(theirs, ours);
  return theirs === ours || (ours.startsWith('+') && possibleDigits(theirs).includes(digitsOf(ours)));
};

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.sort() ?? [];

/** Neither a word of the flat address is gone in the parts nor has one come in. */
const sameAddress = (flat: string | null | undefined, parts: Contact['address']): boolean => {
  const joined = parts ? Object.values(parts).filter((part) => part !== null) : [];
  return sameContent(wordsOf(flat ?? ''), wordsOf(joined.join(' ')));
};

/**
 * The fields of `contact` that do not say what AcmeCRM's `record` says, under the built-in mapping. Written on its own
 * and in the plainest way, so that it shares no mistake with the mapper that it judges.
 */
export const wrongFields = (record: AcmeContact, contact: Contact): string[] => {
  const right: Readonly<Record<string, boolean>> = {
    source: contact.source === 'acmecrm',
    sourceId: contact.sourceId === record.id,
    firstName: contact.firstName === record.acme_first_name,
    lastName: contact.lastName === record.acme_last_name,
    email: contact.email === record.acme_email,
    phone: samePhone(record.acme_phone, contact.phone),
    company: sameContent(record.acme_company, contact.company),
    title: sameContent(record.acme_title, contact.title),
    notes: sameContent(record.acme_notes, contact.notes),
    address: sameAddress(record.acme_address, contact.address),
    status: sameContent(record.acme_status?.toLowerCase(), contact.status),
    tags: sameContent(record.acme_tags, contact.tags),
    customFields: sameContent(record.acme_custom_fields, contact.customFields),
  };
  return Object.keys(right).filter((field) => !right[field]);
};
