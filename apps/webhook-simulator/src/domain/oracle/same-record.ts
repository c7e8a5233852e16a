import { differingMembers } from './same-content.ts';

const times = ['acme_created_at', 'acme_updated_at'] as const;

const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The same moment, shown as RFC 3339 in UTC (design section 2). */
const isSameMoment = (expected: unknown, shown: unknown): boolean =>
  typeof expected === 'string' &&
  typeof shown === 'string' &&
  utc.test(shown) &&
  Date.parse(expected) === Date.parse(shown);

/** Names of the members in which the mirror does not say what AcmeCRM's record says, sorted. */
export const differingRecordMembers = (
  expected: Readonly<Record<string, unknown>>,
  shown: Readonly<Record<string, unknown>>,
): string[] =>
  differingMembers(expected, shown).filter(
    (member) => !times.some((time) => time === member && isSameMoment(expected[time], shown[time])),
  );
