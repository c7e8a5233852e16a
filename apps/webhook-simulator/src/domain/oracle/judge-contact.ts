import type { Finding, FindingCode, Findings } from '@contact-sync/api-contracts';
import type { SimulatedEvent } from '../acme/event.ts';
import { decisiveEvent, type Evidence } from './evidence.ts';
import { joinFindings } from './finding.ts';
import { judgeEdits } from './judge-edits.ts';
import { judgeHistory } from './judge-history.ts';
import { differingRecordMembers } from './same-record.ts';
import type { AcmeView, ContactViews } from './views.ts';

const judgeRecord = (event: SimulatedEvent, acme: AcmeView): Finding[] => {
  const { contactId, record } = event;
  if (acme.deleted !== (record === null)) return [{ contactId, code: 'WRONG_DELETED_FLAG' }];
  if (record === null) return [];
  const members = differingRecordMembers({ ...record }, acme.record ?? {});
  return members.length > 0 ? [{ contactId, code: 'RECORD_DIFFERS', detail: members.join(', ') }] : [];
};

const judgeFields = (evidence: Evidence, event: SimulatedEvent, views: ContactViews): Partial<Findings> => {
  const { contactId, record } = event;
  const { contact } = views;
  const isLive = contact !== null && contact.deletedAt === undefined;
  if (record === null) return { lost: isLive ? [{ contactId, code: 'CONTACT_STILL_LIVE' }] : [] };
  if (!isLive) return { lost: [{ contactId, code: 'CONTACT_MISSING' }] };
  const { findings, wrongFields } = judgeEdits(evidence, record, { ...views, contact });
  const differs = { contactId, code: 'CONTACT_DIFFERS', detail: wrongFields.join(', ') } as const;
  return joinFindings([findings, { lost: wrongFields.length > 0 ? [differs] : [] }]);
};

/** The event whose state the system shows, or why there is none that it may show. */
const shownEvent = (evidence: Evidence, version: number): SimulatedEvent | FindingCode => {
  const decisive = decisiveEvent(evidence);
  if (decisive && version < decisive.version) return 'VERSION_BEHIND';
  const possible = decisive ? [decisive, ...evidence.uncertain] : evidence.uncertain;
  return possible.find((event) => event.version === version) ?? 'VERSION_NEVER_ACCEPTED';
};

const judge = (evidence: Evidence, views: ContactViews): Findings => {
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
    judgeFields(evidence, shown, views),
    judgeHistory(evidence, shown.version, history ?? []),
  ]);
};

/** A finding without events of its own is about the event that decides. */
const withEvent = (finding: Finding, eventId: string | undefined): Finding =>
  finding.eventIds || eventId === undefined ? finding : { ...finding, eventIds: [eventId] };

/**
 * Judges what the public API shows of one contact by what AcmeCRM was told of its events: mirror, fields and history
 * must be those of the highest accepted version, each version's effect at most once. An uncertain event may have been
 * the last one or not.
 */
export const judgeContact = (evidence: Evidence, views: ContactViews): Findings => {
  const { lost, doubled, unexpected, unverified } = judge(evidence, views);
  const eventId = decisiveEvent(evidence)?.webhook.id;
  const all = (findings: readonly Finding[]) => findings.map((finding) => withEvent(finding, eventId));
  return { lost: all(lost), doubled: all(doubled), unexpected: all(unexpected), unverified: all(unverified) };
};
