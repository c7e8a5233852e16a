import { acmeContactMembers } from './acme-contact.ts';
import { toDateTime } from './date-time-format.ts';
import { asNumber } from './json/raw-number.ts';
import { setOwnMember } from './own-member.ts';

type Members = Readonly<Record<string, unknown>>;

/** Blanks, and marks that no reader sees: direction, width and byte order. */
const unseen = /^[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]$/;

const isUnseen = (unit: string | undefined): boolean => unit !== undefined && unseen.test(unit);

/**
 * An e-mail address or a phone number without the blanks and invisible marks around it, which copying brings along. Linear,
 * where a pattern that looks for the end would be tried at each blank.
 */
export const trimAddress = (text: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && isUnseen(text[start])) start += 1;
  while (end > start && isUnseen(text[end - 1])) end -= 1;
  return text.slice(start, end);
};

/** `""` and null say the same: there is nothing (design section 2, "What we take, and how"). */
export const isNothing = (value: unknown): boolean => value === '' || value === null;

/** Custom fields without those that are empty; a number that JavaScript holds is one. What is no object stays. */
export const normalizeCustomFields = (fields: unknown): unknown => {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return fields;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields))
    if (!isNothing(value)) setOwnMember(kept, name, asNumber(value));
  return kept;
};

const onText =
  (change: (text: string) => string) =>
  (value: unknown): unknown =>
    typeof value === 'string' ? change(value) : value;

const ofTime = onText((text) => toDateTime(text) ?? text);
const ofAddress = onText(trimAddress);

const changes: Readonly<Record<string, (value: unknown) => unknown>> = {
  acme_email: ofAddress,
  acme_phone: ofAddress,
  acme_custom_fields: normalizeCustomFields,
  acme_created_at: ofTime,
  acme_updated_at: ofTime,
  acme_version: asNumber,
};

const required: ReadonlySet<string> = new Set([
  'id',
  'acme_first_name',
  'acme_last_name',
  'acme_email',
  'acme_version',
]);

/**
 * AcmeCRM's record with its book-keeping in one spelling, before it is judged: documented members that are empty are left
 * out, times are RFC 3339 in UTC, e-mail and phone are trimmed. What it cannot make right it leaves for the schema to
 * refuse. Members that we do not know by name stay as they came.
 */
export const normalizeRecord = (record: Members): Members => {
  const normal: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(record)) {
    const isKnown = acmeContactMembers.has(member);
    const change = isKnown ? changes[member] : undefined;
    const changed = change ? change(value) : value;
    if (isKnown && !required.has(member) && isNothing(changed)) continue;
    setOwnMember(normal, member, changed);
  }
  return normal;
};
