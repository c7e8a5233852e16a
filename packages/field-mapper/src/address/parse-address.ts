import { type Address, limits } from '@contact-sync/domain';
import { boundedMemo } from '../bounded-memo.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type StreetAndCity, streetAndCity } from './street-and-city.ts';
import { countryEnding, stateEnding, zipEnding } from './us-place.ts';
import { isSurelyUs, stateCode } from './us-states.ts';

const whole = (flat: string): Address => ({
  street: flat,
  city: null,
  state: null,
  zipCode: null,
  country: null,
});

/** Takes an ending off the last segment; a segment that it used up goes. */
const takeEnding = (
  segments: Segment[],
  endingOf: (text: string) => { readonly before: string; readonly ending: string } | null,
): string | null => {
  const last = segments.at(-1);
  const found = last ? endingOf(last.text) : null;
  if (!last || !found) return null;
  segments.pop();
  if (found.before !== '')
    segments.push({ text: found.before, start: last.start, end: last.start + found.before.length });
  return found.ending;
};

/** City names are short and have no digits; what has is a street, a unit or a foreign postcode. */
const isCity = (text: string): boolean => !/\d/.test(text) && text.split(/\s+/).length <= 6;

type Front = { readonly street: string | null; readonly city: string };

/** What stands before the state: street and city. */
const frontOf = (flat: string, segments: readonly Segment[], stateAndZip: string): Front | null => {
  const [first] = segments;
  const last = segments.at(-1);
  if (!first || !last) return null;
  const beforeCity = segments.at(-2);
  if (beforeCity)
    return isCity(last.text) ? { street: flat.slice(first.start, beforeCity.end), city: last.text } : null;
  const cut: StreetAndCity | null = /^\d/.test(last.text) ? streetAndCity(last.text, stateAndZip) : null;
  if (cut) return isCity(cut.city) ? cut : null;
  return isCity(last.text) && last.text.split(/\s+/).length <= 3 ? { street: null, city: last.text } : null;
};

const parse = (flat: string): Address => {
  const segments = segmentsOf(flat);
  const country = takeEnding(segments, countryEnding);
  const zipCode = takeEnding(segments, zipEnding);
  const state = takeEnding(segments, stateEnding);
  const code = state === null ? undefined : stateCode(state);
  if (state === null || code === undefined) return whole(flat);
  if (country === null && (zipCode === null || !isSurelyUs(code, zipCode))) return whole(flat);
  const front = frontOf(flat, segments, `${code} ${zipCode ?? ''}`);
  return front ? { ...front, state, zipCode, country } : whole(flat);
};

const remembered = boundedMemo(parse, 1_024);

/**
 * The parts of a flat US address, each exactly as it was written there ("Street" is not made "St"). What is not
 * surely a US address stands whole in `street`, the other parts null. Never throws; linear time up to the limit of a
 * flat address, past which nothing is parsed.
 */
export const parseAddress = (flat: string): Address => {
  if (flat.length > 2 * limits.addressLength) return whole(flat);
  return { ...remembered(flat) };
};
