import { type Static, Type } from 'typebox';

/** A mapping's id: 32 hex digits. */
export const MappingId = Type.String({
  pattern: '^[0-9a-f-]{1,64}$',
  description: 'As a history entry or the mapping in force names it',
});

/** A mapping as data, every pair of fields. */
export const KeptMapping = Type.Object({
  id: Type.String({ description: 'Content hash of the mapping; stands in history beside each change' }),
  definition: Type.Unknown({
    description: 'Pairs of fields with paths, direction, transform, owner and loss',
  }),
});
export type KeptMapping = Static<typeof KeptMapping>;
