import { hash } from 'node:crypto';
import { allContracts } from '../contracts/all-contracts.ts';
import type { RecordFault } from './outcome.ts';

const namesIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const fields = 'fields' in schema && Array.isArray(schema.fields) ? (schema.fields as unknown[]) : [];
  const own = fields.flatMap((field) => {
    const { name } = field as { readonly name?: unknown };
    return typeof name === 'string' ? [name] : [];
  });
  return [...own, ...Object.values(schema).flatMap(namesIn)];
};

/** Every member that a schema of ours names. */
const members: ReadonlySet<string> = new Set(allContracts.flatMap(({ schema }) => namesIn(schema)));

const maxDepth = 5;

/** Places in lists, names of custom fields and of unknown members differ from record to record, and may be anybody's. */
const placeOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1, maxDepth + 1)
    .map((part) => (members.has(part) ? part : '*'))
    .join('/');

/** The same for all failures of one cause, whatever the record: 16 hex digits. */
export const fingerprintOf = ({ stage, code, pointer = '' }: RecordFault): string =>
  hash('sha256', [stage, code, placeOf(pointer)].join('\n')).slice(0, 16);
