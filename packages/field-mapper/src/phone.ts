import { limits } from '@contact-sync/domain';
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { boundedMemo } from './bounded-memo.ts';

/** Marks that no reader sees, and the scheme of a link (RFC 3966). */
const unspoken = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|^\s*tel:/gi;

const parse = (text: string, country: CountryCode | undefined): string | null => {
  const phone = parsePhoneNumberFromString(text.replace(unspoken, ''), {
    ...(country === undefined ? {} : { defaultCountry: country }),
    extract: false,
  });
  // E.164 has no place for an extension: dropping it would change whom the number reaches.
  return phone?.isValid() && !phone.ext ? phone.number : null;
};

/** By country. Parsing costs tens of µs, and an event's decision maps the same number for the base and the event. */
const memos = new Map<string, (text: string) => string | null>();

const memoOf = (defaultCountry: string): ((text: string) => string | null) => {
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  const memo = memos.get(country ?? '') ?? boundedMemo((text) => parse(text, country), 1_024);
  memos.set(country ?? '', memo);
  return memo;
};

/**
 * The E.164 form of a text that is one valid phone number and nothing else, national numbers read as of
 * `defaultCountry` (ISO 3166, two letters); null for every other text. Never throws.
 */
export const toE164 = (text: string, defaultCountry: string): string | null => {
  if (text.length > limits.phoneLength) return null;
  return (memos.get(defaultCountry) ?? memoOf(defaultCountry))(text);
};

/** A phone number as we keep it, whichever door it came by: E.164 when it can be (design section 2), else to the letter. */
export const toPhone = (text: string, defaultCountry: string): string => toE164(text, defaultCountry) ?? text;
