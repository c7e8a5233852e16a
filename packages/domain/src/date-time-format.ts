import { IsDateTime } from 'typebox/format';

/** What nearly every time that is sent looks like (RFC 3339 section 5.6): UTC, and a day that each month has. */
const usual = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

const shape = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The one judge of times, of the house's schemas too (the `date-time` of `createAjv`): RFC 3339 and nothing beside it.
 * TypeBox knows calendar and leap seconds, but lets a zone in brackets pass.
 */
export const isDateTime = (text: string): boolean =>
  usual.test(text) || (shape.test(text) && IsDateTime(text));

const lenient =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}):(\d{2}(?:\.\d+)?)(?:([Zz])|([+-]\d{2}):?(\d{2})?)?)?$/;

/** To the minute: a second may be a leap one, and its fraction finer than a Date is. */
const minuteInUtc = (date: string, minute: string, offset: string): string =>
  new Date(`${date}T${minute}:00${offset}`).toISOString().slice(0, -':00.000Z'.length);

const orNull = (time: string): string | null => (isDateTime(time) ? time : null);

/**
 * A time as people's systems write it, in RFC 3339 and UTC: with a blank for the `T`, an offset of `+hhmm` or `+hh`, no
 * zone (which is UTC) or no time (which is midnight). Its second and fraction stay as they came. Null where the text is no
 * time.
 */
export const toDateTime = (text: string): string | null => {
  if (usual.test(text)) return text;
  const [whole, date = '', minute = '00:00', second = '00', , hours = '+00', minutes = '00'] =
    lenient.exec(text) ?? [];
  const offset = `${hours}:${minutes}`;
  if (whole === undefined || !isDateTime(`${date}T${minute}:${second}${offset}`)) return null;
  const utc = offset === '+00:00' ? `${date}T${minute}` : minuteInUtc(date, minute, offset);
  return orNull(`${utc}:${second}Z`);
};
