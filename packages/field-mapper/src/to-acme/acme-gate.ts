import { limits } from '@contact-sync/domain';
import type { AcmePath } from '../definition/acme-path.ts';
import { dateGate } from '../gates/date-gate.ts';
import { type Gate, isNothing } from '../gates/gate.ts';
import { scalarGate } from '../gates/scalar-gate.ts';
import { tagsGate } from '../gates/tags-gate.ts';
import { choiceGate, emailGate, requiredGate, textGate } from '../gates/text-gates.ts';

type GateAt = (pointer: string) => Gate<unknown>;

const anything: GateAt = () => (value) => (isNothing(value) ? null : value);

const text =
  (maxLength: number): GateAt =>
  (pointer) =>
    textGate(pointer, maxLength);

/** A required text that is not there is reported, and leaves its place as it was. */
const orNothing = (gate: Gate<string>): Gate<string | null> => {
  return (value, problems) => gate(value, problems) || null;
};

const name: GateAt = (pointer) => orNothing(requiredGate(pointer, limits.nameLength));
const email: GateAt = (pointer) => orNothing(emailGate(pointer));
const status: GateAt = (pointer) => choiceGate(pointer, ['Active', 'Inactive', 'Lead']);

const byMember: ReadonlyMap<string, GateAt> = new Map<string, GateAt>([
  ['acme_first_name', name],
  ['acme_last_name', name],
  ['acme_email', email],
  ['acme_phone', text(limits.phoneLength)],
  ['acme_company', text(limits.companyLength)],
  ['acme_title', text(limits.titleLength)],
  ['acme_address', text(limits.addressLength)],
  ['acme_notes', text(limits.notesLength)],
  ['acme_status', status],
  ['acme_tags', tagsGate],
  ['acme_created_at', dateGate],
  ['acme_updated_at', dateGate],
]);

/**
 * The gate that keeps AcmeCRM's own limits at a place of its record, custom fields as a whole aside. `pointer` is the
 * place in the contact that its problems name.
 */
export const acmeGateOf = (path: AcmePath, pointer: string): Gate<unknown> => {
  if (path.family === 'scalar') return scalarGate(pointer);
  return (byMember.get(path.member) ?? anything)(pointer);
};
