import type { AcmeRecord } from '@contact-sync/domain';
import type { AcmePath } from '../definition/acme-path.ts';
import { type ResolvedPair, readsAcme, writesAcme } from '../definition/resolve-pair.ts';
import { type Gate, isNothing } from '../gates/gate.ts';
import { isEmptyContainer } from '../plain-object.ts';
import type { Pull } from '../pull.ts';
import { acmePullOf } from '../to-contact/acme-pull.ts';
import { readerOf } from '../to-contact/acme-readers.ts';
import { acmeGateOf } from './acme-gate.ts';
import { type ContactInput, contactReaderOf } from './contact-input.ts';
import { contactPullOf } from './contact-pull.ts';
import { sameValue } from './same-value.ts';

/** Whether a place stays as the residue has it. */
type Keeps = (contact: ContactInput, residue: AcmeRecord) => boolean;

/** One place in AcmeCRM's record that a pair writes. */
export type Target = {
  readonly path: AcmePath;
  readonly keeps: Keeps;
  readonly read: Pull<ContactInput>;
  readonly gate: Gate<unknown>;
};

/**
 * What AcmeCRM had stays while it still says what the contact says. A residue is a fragment of the record, so the
 * pair's own way to the contact can be run on it.
 */
const whileSame = (resolved: ResolvedPair, defaultCountry: string): Keeps => {
  const sides = resolved.contact.map((path, index) => ({
    has: contactReaderOf(path),
    had: acmePullOf(resolved, index, defaultCountry),
  }));
  const [only] = sides;
  if (only && sides.length === 1)
    return (contact, residue) => sameValue(only.had(residue, []), only.has(contact));
  return (contact, residue) => sides.every(({ has, had }) => sameValue(had(residue, []), has(contact)));
};

/** Times are AcmeCRM's book-keeping: one that it gave is never replaced by ours. */
const onceGiven = (path: AcmePath): Keeps => {
  const read = readerOf(path);
  return (_contact, residue) => typeof read(residue) === 'string';
};

/** A place that the mapping never reads is not emptied either. */
const whileEmpty =
  (read: Pull<ContactInput>): Keeps =>
  (contact) => {
    const value = read(contact, []);
    return isNothing(value) || isEmptyContainer(value);
  };

const never: Keeps = () => false;

const keepsOf = (resolved: ResolvedPair, path: AcmePath, index: number, defaultCountry: string): Keeps => {
  const { pair } = resolved;
  if (pair.lossless) return never;
  if (pair.transform.kind === 'date') return onceGiven(path);
  return readsAcme(pair) ? whileSame(resolved, defaultCountry) : whileEmpty(contactPullOf(resolved, index));
};

/** Compiles what the pairs write, place by place. */
export const targetsOf = (pairs: readonly ResolvedPair[], defaultCountry: string): readonly Target[] =>
  pairs
    .filter(({ pair }) => writesAcme(pair))
    .flatMap((resolved) =>
      resolved.acme.map((path, index) => ({
        path,
        keeps: keepsOf(resolved, path, index, defaultCountry),
        read: contactPullOf(resolved, index),
        gate: acmeGateOf(path, resolved.contact[0]?.pointer ?? ''),
      })),
    );
