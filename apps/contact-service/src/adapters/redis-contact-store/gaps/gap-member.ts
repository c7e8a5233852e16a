import type { VersionRange } from '@contact-sync/domain';
import { compactId, expandId } from '../../../domain/lists/compact.ts';

/** A run of versions that a contact lacks, as a member of the index. */
export const toGapMember = (id: string, { from, to }: VersionRange): string =>
  `${compactId(id)} ${from} ${to}`;

/** The way back from {@link toGapMember}. */
export const fromGapMember = (member: string): VersionRange & { readonly contactId: string } => {
  const [id = '', from, to] = member.split(' ');
  return { contactId: expandId(id), from: Number(from), to: Number(to) };
};
