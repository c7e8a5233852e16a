import { Type } from 'typebox';

export const ContactParams = Type.Object({
  id: Type.String({ format: 'uuid', description: "The contact's id, in any case" }),
});
