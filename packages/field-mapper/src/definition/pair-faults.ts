import { identityMembers, type ValueFamily } from './acme-path.ts';
import type { DefinitionFault, DefinitionFaultCode } from './definition-fault.ts';
import type { Transform } from './field-pair.ts';
import { placeOfPath, type ResolvedPair, writesAcme } from './resolve-pair.ts';
import { valueFaults } from './value-faults.ts';

type Judge = (resolved: ResolvedPair) => readonly DefinitionFault[];

const fault = (pointer: string, code: DefinitionFaultCode, detail: string): DefinitionFault => ({
  pointer,
  code,
  detail,
});

type Counts = { readonly fits: (acme: number, contact: number) => boolean; readonly detail: string };

const oneToOne: Counts = { fits: (acme, contact) => acme === 1 && contact === 1, detail: 'one path a side' };

const countsOf: { readonly [Kind in Transform['kind']]: Counts } = {
  copy: oneToOne,
  text: oneToOne,
  phone: oneToOne,
  address: oneToOne,
  date: oneToOne,
  table: oneToOne,
  join: {
    fits: (acme, contact) => acme > 1 && contact === 1,
    detail: 'several acme paths and one contact path',
  },
  split: {
    fits: (acme, contact) => acme === 1 && contact > 1,
    detail: 'one acme path and several contact paths',
  },
  constant: {
    fits: (acme, contact) => acme + contact === 1,
    detail: 'one path on one side and none on the other',
  },
};

const numberFaults: Judge = ({ pair, place }) => {
  const counts = countsOf[pair.transform.kind];
  if (counts.fits(pair.acme.length, pair.contact.length)) return [];
  return [fault(place, 'WRONG_NUMBER_OF_FIELDS', `${pair.transform.kind} takes ${counts.detail}`)];
};

const directionFaults: Judge = ({ pair, place }) => {
  if (pair.transform.kind !== 'constant') return [];
  const wanted = pair.acme.length > 0 ? 'toAcme' : 'toContact';
  return pair.direction === wanted
    ? []
    : [fault(`${place}/direction`, 'WRONG_DIRECTION', `a constant on this side runs ${wanted}`)];
};

const readOnlyFaults: Judge = (resolved) =>
  writesAcme(resolved.pair)
    ? resolved.acme.flatMap((path, index) =>
        identityMembers.has(path.member)
          ? [
              fault(
                placeOfPath(resolved, 'acme', index),
                'READ_ONLY',
                'may only be read: direction toContact',
              ),
            ]
          : [],
      )
    : [];

const plain: ReadonlySet<ValueFamily> = new Set<ValueFamily>(['text', 'scalar', 'any']);

const copies = (acme: ValueFamily, contact: ValueFamily): boolean =>
  (plain.has(acme) && plain.has(contact)) ||
  (contact === 'tags' && (acme === 'tags' || acme === 'any')) ||
  (contact === 'fields' && acme === 'fields');

/** Whether a transform can stand between what AcmeCRM holds there and what the contact holds there. */
const carries = (kind: Transform['kind'], acme: ValueFamily, contact: ValueFamily): boolean => {
  if (kind === 'copy') return copies(acme, contact);
  if (kind === 'address' || kind === 'date') return plain.has(acme) && contact === kind;
  return plain.has(acme) && plain.has(contact);
};

const familyFaults: Judge = ({ pair, acme, contact, place }) => {
  const { kind } = pair.transform;
  if (kind === 'constant') return [];
  const wrong = acme.some((from) => contact.some((to) => !carries(kind, from.family, to.family)));
  return wrong
    ? [fault(`${place}/transform`, 'WRONG_TRANSFORM', `${kind} cannot stand between these fields`)]
    : [];
};

const invertible = ({ transform }: ResolvedPair['pair']): boolean => {
  if (transform.kind === 'copy' || transform.kind === 'split') return true;
  if (transform.kind !== 'table' || transform.otherwise !== undefined) return false;
  const ours = Object.values(transform.entries);
  return new Set(ours).size === ours.length;
};

/** Whether AcmeCRM's value always follows from the contact's: the most that a pair may declare. */
export const canBeLossless = (pair: ResolvedPair['pair']): boolean =>
  pair.direction === 'both' && pair.default === undefined && invertible(pair);

const losslessFaults: Judge = ({ pair, place }) =>
  pair.lossless && !canBeLossless(pair)
    ? [
        fault(
          `${place}/lossless`,
          'NOT_LOSSLESS',
          "AcmeCRM's value does not always follow from the contact's (one way, a default, a join, a transform that " +
            'rewrites, or a table that maps two to one)',
        ),
      ]
    : [];

const repeatFaults: Judge = (resolved) =>
  (['acme', 'contact'] as const).flatMap((side) =>
    resolved.pair[side].flatMap((pointer, index) =>
      resolved.pair[side].indexOf(pointer) < index
        ? [fault(placeOfPath(resolved, side, index), 'DUPLICATE_TARGET', 'stands twice in one pair')]
        : [],
    ),
  );

/** All that is wrong with one pair by itself. */
export const pairFaults: Judge = (resolved) =>
  [
    numberFaults,
    directionFaults,
    readOnlyFaults,
    familyFaults,
    valueFaults,
    losslessFaults,
    repeatFaults,
  ].flatMap((judge) => judge(resolved));
