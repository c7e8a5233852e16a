import type { Finding, FindingCode, Findings } from '@contact-sync/api-contracts';
import type { SimulatedEvent } from '../scenario/scenario.ts';
import { decisiveEvent, type Evidence } from './evidence.ts';
import { wrongFields } from './expected-contact.ts';
import { joinFindings } from './finding.ts';
import { judgeHistory } from './judge-history.ts';
import { differingMembers } from './same-content.ts';
import type { AcmeView, ContactViews } from './views.ts';

const judgeRecord = (event: SimulatedEvent, acme: AcmeView): Finding[] => {
  const { contactId, record } = event;
  if (acme.deleted !== (record === null)) return [{ contactId, code: 'WRONG_DELETED_FLAG' }];
  if (record === null) return [];
  const members = differingMembers({ ...record }, acme.record ?? {});
  return members.length > 0 ? [{ contactId, code: 'RECORD_DIFFERS', detail: members.join(', ') }] : [];
};

const judgeFields = (event: SimulatedEvent, { contact, history }: ContactViews): Partial<Findings> => {
  const { contactId, record } = event;
  const live = contact !== null && contact.deletedAt === undefined;
  // What was edited here stays through AcmeCRM's changes (design rule 4), so AcmeCRM's record no longer decides.
  if (history?.some(({ sourceVersion }) => sourceVersion === undefined)) {
    return { unverified: [{ contactId, code: 'EDITED_HERE' }] };
  }
  if (record === null) return { lost: live ? [{ contactId, code: 'CONTACT_STILL_LIVE' }] : [] };
  if (!live) return { lost: [{ contactId, code: 'CONTACT_MISSING' }] };
  const fields = wrongFields(record, contact);
  return {
    lost: fields.length > 0 ? [{ contactId, code: 'CONTACT_DIFFERS', detail: fields.join(', ') }] : [],
  };
};

/** The event whose state the system shows, or why there is none that it may show. */
const shownEvent = (evidence: Evidence, version: number): SimulatedEvent | FindingCode => {
  const decisive = decisiveEvent(evidence);
  if (decisive && version < decisive.version) return 'VERSION_BEHIND';
  const possible = decisive ? [decisive, ...evidence.uncertain] : evidence.uncertain;
  return possible.find((event) => event.version === version) ?? 'VERSION_NEVER_ACCEPTED';
};

/**
 * Judges what the public API shows of one contact by what AcmeCRM was told of its events: mirror, fields and history
 * must be those of the highest accepted version, each version's effect at most once. An uncertain event may have been
 * the last one or not.
 */
export const judgeContact = (evidence: Evidence, views: ContactViews): Findings => {
  const { contactId } = evidence;
  const { acme, history } = views;
  const decisive = decisiveEvent(evidence);
  if (acme === null) {
    return joinFindings([decisive ? { lost: [{ contactId, code: 'NOTHING_STORED' }] } : {}]);
  }
  const shown = shownEvent(evidence, acme.sourceVersion);
  if (typeof shown === 'string') {
    const finding = { contactId, code: shown, detail: `version ${acme.sourceVersion}` } as const;
    const kind = shown === 'VERSION_BEHIND' ? 'lost' : 'unexpected';
    return joinFindings([
      { [kind]: [finding] },
      judgeHistory(evidence, decisive?.version ?? acme.sourceVersion, history ?? []),
    ]);
  }
  return joinFindings([
    { lost: judgeRecord(shown, acme) },
    judgeFields(shown, views),
    judgeHistory(evidence, shown.version, history ?? []),
  ]);
};
