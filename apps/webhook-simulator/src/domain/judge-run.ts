import type { Findings } from '@contact-sync/api-contracts';
import { decisiveEvent, type Evidence } from './oracle/evidence.ts';
import { joinFindings } from './oracle/finding.ts';
import { judgeContact } from './oracle/judge-contact.ts';
import type { ContactViews } from './oracle/views.ts';

/** What was read of one contact. `moved`: it still changed when reading ended; no views: it could not be read. */
export type Reading = { readonly views: ContactViews | undefined; readonly moved: boolean };

const judgeReading = (evidence: Evidence, reading: Reading | undefined): Partial<Findings> => {
  const { contactId } = evidence;
  if (!reading?.views) return { unverified: [{ contactId, code: 'UNREADABLE' }] };
  const moving: Partial<Findings> = reading.moved
    ? { unverified: [{ contactId, code: 'STILL_CHANGING' }] }
    : {};
  return joinFindings([judgeContact(evidence, reading.views), moving]);
};

/** Judges every contact of a run; readings stand in the order of the evidence. */
export const judgeRun = (evidence: readonly Evidence[], readings: readonly Reading[]): Findings =>
  joinFindings(evidence.map((one, index) => judgeReading(one, readings[index])));

/** Up to `count` contacts that are live in AcmeCRM, those with the most versions first. */
export const sampleContacts = (evidence: readonly Evidence[], count: number): string[] =>
  evidence
    .filter((one) => decisiveEvent(one)?.record)
    .toSorted((one, other) => other.accepted.length - one.accepted.length)
    .slice(0, count)
    .map(({ contactId }) => contactId);
