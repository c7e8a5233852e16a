/// <reference path="./parse-address-module.d.ts" />
import { parseAddress as judge } from 'parse-address';

export type StreetAndCity = { readonly street: string; readonly city: string };

/** Past this the judge, whose patterns are not linear, is not asked. No street and city in one breath are longer. */
const longest = 120;

/**
 * Cuts "123 Main St San Francisco" where the street ends. Only parse-address knows where that is, and it is believed
 * only where it recognises the kind of street ("St", "Avenue", …); both parts stay as they were written. Null where
 * it cannot tell.
 */
export const streetAndCity = (text: string, stateAndZip: string): StreetAndCity | null => {
  if (text.length > longest) return null;
  const parts = judge(`${text}, ${stateAndZip}`);
  if (!parts?.['type'] || !parts['city']) return null;
  const { city } = parts;
  const written = text.slice(-city.length);
  const street = text.slice(0, -city.length);
  return written.toLowerCase() === city.toLowerCase() && /\s$/.test(street)
    ? { street: street.trim(), city: written }
    : null;
};
