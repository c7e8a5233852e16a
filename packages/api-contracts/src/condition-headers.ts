import { Type } from 'typebox';
import type { RouteContract } from './route-contract.ts';

const idempotencyKey = Type.Optional(
  Type.String({
    pattern: '^[\\x21-\\x7e]{1,255}$',
    description: 'A repeat with the same key and body is answered as the first time, for 24 h',
  }),
);

const tag = (description: string) => Type.Optional(Type.String({ maxLength: 1_024, description }));

const ifMatch = {
  'if-match': tag('ETag of the version that was read; needed (428 without it)'),
  'if-match-optional': tag('ETag of the version that was read'),
};
// A cache may hold many; the server's bound on a head is theirs.
const ifNoneMatch = Type.Optional(
  Type.String({ description: 'ETags of versions that are held already: 304 where one is the present one' }),
);

/** The schemas of the headers that a contract takes by its flags. */
export const conditionHeaders = ({
  idempotencyKey: keyed,
  condition,
}: Pick<RouteContract, 'idempotencyKey' | 'condition'>) => ({
  ...(keyed && { 'idempotency-key': idempotencyKey }),
  ...(condition === 'if-none-match'
    ? { 'if-none-match': ifNoneMatch }
    : condition !== undefined && { 'if-match': ifMatch[condition] }),
});
