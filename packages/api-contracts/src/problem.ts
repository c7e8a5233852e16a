import type { ErrorCode } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

/** One fault of a request: where, and what is wrong with it; never the value. */
export const ProblemError = Type.Object({
  pointer: Type.String({ description: 'JSON pointer (RFC 6901) of what is wrong' }),
  detail: Type.String(),
  code: Type.Optional(Type.String()),
});

/** An error's body, `application/problem+json` (RFC 9457) with our stable `code`. */
export const Problem = Type.Object(
  {
    type: Type.String({
      description: 'Where the code is explained, relative to where the problem came from',
    }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable, from a closed list' }),
    detail: Type.String({ description: 'For people; may change' }),
    requestId: Type.String({ description: 'Stands in our logs too' }),
    errors: Type.Optional(Type.Array(ProblemError)),
    error: Type.Optional(
      Type.String({ description: 'The error word of RFC 6749, at the token endpoint alone' }),
    ),
  },
  { description: 'What went wrong (RFC 9457)' },
);
export type Problem = Static<typeof Problem>;

/** A code in words. */
export const titleOfCode = (code: ErrorCode): string => {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
