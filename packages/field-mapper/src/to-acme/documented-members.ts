import type { AcmeContact, AcmeRecord } from '@contact-sync/domain';
import { isEmptyContainer } from '../plain-object.ts';
import type { Draft, Write } from './draft.ts';
import type { Target } from './target.ts';

/** The documented members that a mapping may write, custom fields as a whole aside. */
type Member = Exclude<keyof AcmeContact, 'id' | 'acme_version' | 'acme_custom_fields'>;

const settle = (draft: Draft, member: Member, value: unknown): void => {
  if (value !== null && !isEmptyContainer(value)) draft[member] = value;
  else if (draft[member] !== undefined && !isEmptyContainer(draft[member])) delete draft[member];
};

const idle: Write = () => {};

const writerOf = (targets: readonly Target[], member: Member): Write => {
  const target = targets.find(({ path }) => path.member === member && path.key === null);
  if (!target) return idle;
  const { keeps, read, gate } = target;
  return (contact, residue, draft, problems) => {
    if (!keeps(contact, residue as AcmeRecord))
      settle(draft, member, gate(read(contact, problems), problems));
  };
};

/** Compiles the documented members, each with a call of its own: as on the way to the contact, for the engine. */
export const documentedMembers = (targets: readonly Target[]): Write => {
  const firstName = writerOf(targets, 'acme_first_name');
  const lastName = writerOf(targets, 'acme_last_name');
  const email = writerOf(targets, 'acme_email');
  const phone = writerOf(targets, 'acme_phone');
  const company = writerOf(targets, 'acme_company');
  const title = writerOf(targets, 'acme_title');
  const address = writerOf(targets, 'acme_address');
  const notes = writerOf(targets, 'acme_notes');
  const status = writerOf(targets, 'acme_status');
  const tags = writerOf(targets, 'acme_tags');
  const createdAt = writerOf(targets, 'acme_created_at');
  const updatedAt = writerOf(targets, 'acme_updated_at');
  return (contact, residue, draft, problems) => {
    firstName(contact, residue, draft, problems);
    lastName(contact, residue, draft, problems);
    email(contact, residue, draft, problems);
    phone(contact, residue, draft, problems);
    company(contact, residue, draft, problems);
    title(contact, residue, draft, problems);
    address(contact, residue, draft, problems);
    notes(contact, residue, draft, problems);
    status(contact, residue, draft, problems);
    tags(contact, residue, draft, problems);
    createdAt(contact, residue, draft, problems);
    updatedAt(contact, residue, draft, problems);
  };
};
