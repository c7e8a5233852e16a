import { Type } from 'typebox';

export const PageLimit = (fallback: number) =>
  Type.Integer({ minimum: 1, maximum: 100, default: fallback, description: 'Most items on a page' });

export const Cursor = Type.Optional(
  Type.String({ minLength: 1, maxLength: 1_024, description: '`nextCursor` of the page before' }),
);

export const NextCursor = Type.Optional(Type.String({ description: 'Present while there may be more' }));
