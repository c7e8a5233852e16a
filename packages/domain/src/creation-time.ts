const firstYear = Date.parse('1970-01-01T00:00:00Z');
const lastYear = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The time at which AcmeCRM says that it made a record, in the one spelling that our own times have: RFC 3339 in UTC, to
 * the millisecond. Null where it says none, or one at which no record can have been made: before 1970 (systems without
 * null write year 1), or in a year that four digits do not name.
 */
export const creationTime = (given: string | null): string | null => {
  if (given === null) return null;
  // Date knows no leap second.
  const unixMs = Date.parse(given.toUpperCase().replace(/:60(?=[.Z+-])/, ':59'));
  return unixMs >= firstYear && unixMs <= lastYear ? new Date(unixMs).toISOString() : null;
};
