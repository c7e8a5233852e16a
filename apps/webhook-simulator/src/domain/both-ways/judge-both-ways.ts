import type { Finding, Findings } from '@contact-sync/api-contracts';
import type { Contact } from '@contact-sync/domain';
import type { CrmContact } from '../crm/crm-contact.ts';
import { wrongFields } from '../oracle/expected-contact.ts';
import { joinFindings } from '../oracle/finding.ts';
import type { ContactViews } from '../oracle/views.ts';
import { type SharedField, type Side, type Step, sharedFields } from './plan.ts';

/** A step and whether it was answered as made; where it was not it may have been made or not. */
export type MadeStep = Step & { readonly isMade: boolean };

/** What people did to one contact, on each side in this order. */
export type BothWaysEvidence = {
  readonly contactId: string;
  readonly born: Side;
  readonly steps: readonly MadeStep[];
};

/** What both sides show of it at the end. */
export type BothSides = {
  /** Undefined where it could not be read. */
  readonly views: ContactViews | undefined;
  /** Undefined where AcmeCRM has no such contact. */
  readonly there: CrmContact | undefined;
  /** Whether one of them still changed. */
  readonly moved: boolean;
};

/** One edit here may take so many writes to AcmeCRM: three where it keeps something else than it is sent. */
const writesOfEdit = 3;

type MadeEdit = Extract<MadeStep, { kind: 'edit' }>;

const isEdit = (step: MadeStep): step is MadeEdit => step.kind === 'edit';

const sameValue = (field: SharedField, one: unknown, other: string): boolean =>
  field === 'phone' && typeof one === 'string'
    ? one.replaceAll(/\D/g, '') === other.replaceAll(/\D/g, '')
    : one === other;

/** Born here it has no source of its own, and that is no difference. */
const differing = (there: CrmContact, contact: Contact): string[] =>
  wrongFields(there.record, contact).filter((field) => field !== 'source' && field !== 'sourceId');

const judgeAgreement = (
  { contactId }: BothWaysEvidence,
  there: CrmContact,
  { acme, contact }: ContactViews,
): Partial<Findings> => {
  if (acme === null) return { lost: [{ contactId, code: 'NOTHING_STORED' }] };
  const { acme_version: version } = there.record;
  if (acme.sourceVersion !== version)
    return {
      lost: [{ contactId, code: 'VERSION_BEHIND', detail: `version ${acme.sourceVersion} of ${version}` }],
    };
  if (acme.deleted !== there.deleted) return { lost: [{ contactId, code: 'WRONG_DELETED_FLAG' }] };
  const isLive = contact !== null && contact.deletedAt === undefined;
  if (isLive === there.deleted)
    return { lost: [{ contactId, code: there.deleted ? 'CONTACT_STILL_LIVE' : 'CONTACT_MISSING' }] };
  const fields = isLive ? differing(there, contact) : [];
  return fields.length > 0 ? { lost: [{ contactId, code: 'SIDES_DIFFER', detail: fields.join(', ') }] } : {};
};

/** Values that a field may have at the end: the last one of each side that set it (design rule 4). */
const lastOf = (edits: readonly MadeEdit[], field: SharedField): readonly MadeEdit[] =>
  (['there', 'here'] as const).flatMap(
    (side) => edits.findLast((edit) => edit.field === field && edit.side === side) ?? [],
  );

const judgeEdits = ({ contactId, steps }: BothWaysEvidence, contact: Contact): Partial<Findings> => {
  const edits = steps.filter(isEdit);
  const uncertain = new Set(edits.filter(({ isMade }) => !isMade).map(({ field }) => field));
  const fields = (Object.keys(sharedFields) as SharedField[]).filter((field) => !uncertain.has(field));
  const lost = fields.flatMap((field): Finding[] => {
    const last = lastOf(edits, field);
    if (last.length === 0 || last.some(({ value }) => sameValue(field, contact[field], value))) return [];
    const code = last.some(({ side }) => side === 'here') ? 'EDIT_LOST' : 'CHANGE_LOST';
    return [{ contactId, code, detail: field }];
  });
  const unverified = [...uncertain].map((detail): Finding => ({ contactId, code: 'EDIT_NOT_MADE', detail }));
  return { lost, unverified };
};

/** Nothing is written back and forth more often than it was changed. */
const judgeEchoes = (
  { contactId, born, steps }: BothWaysEvidence,
  there: CrmContact,
  contact: Contact | null,
): Partial<Findings> => {
  const here = steps.filter((step) => isEdit(step) && step.side === 'here').length;
  const most = 1 + steps.length - here + here * writesOfEdit;
  // Of what is born here the link with AcmeCRM's record is a change, too.
  const mostHere = most + (born === 'here' ? 1 : 0);
  const detail = `versions ${there.record.acme_version} there, ${contact?.version ?? 0} here, of ${most}`;
  const isTooMuch = there.record.acme_version > most || (contact?.version ?? 0) > mostHere;
  return isTooMuch ? { doubled: [{ contactId, code: 'PING_PONG', detail }] } : {};
};

/**
 * Judges a contact that people changed on both sides: the two are alike at the end, each field says what one of them set
 * last, and no version was made that nobody asked for.
 */
export const judgeBothWays = (evidence: BothWaysEvidence, { views, there, moved }: BothSides): Findings => {
  const { contactId } = evidence;
  if (!views) return joinFindings([{ unverified: [{ contactId, code: 'UNREADABLE' }] }]);
  if (!there) return joinFindings([{ lost: [{ contactId, code: 'NOTHING_THERE' }] }]);
  const { contact } = views;
  const isLive = contact !== null && contact.deletedAt === undefined;
  return joinFindings([
    moved ? { unverified: [{ contactId, code: 'STILL_CHANGING' }] } : {},
    judgeAgreement(evidence, there, views),
    isLive && !there.deleted ? judgeEdits(evidence, contact) : {},
    judgeEchoes(evidence, there, contact),
  ]);
};
