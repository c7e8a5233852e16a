import { IsDateTime } from 'typebox/format';

/** What nearly every time that is sent looks like (RFC 3339 section 5.6): UTC, and a day that each month has. */
const usual = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * The one judge of RFC 3339 times, of the house's schemas too (the `date-time` of `createAjv`): says of every text what
 * TypeBox says, of usual times at a quarter of the cost.
 */
export const isDateTime = (text: string): boolean => usual.test(text) || IsDateTime(text);
