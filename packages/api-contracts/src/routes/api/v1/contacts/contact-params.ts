import { Type } from 'typebox';

export const ContactParams = Type.Object({
  id: Type.String({
    format: 'uuid',
    description:
      "The contact's id, in any case; that of AcmeCRM's record of a contact that was made here stands for the contact",
  }),
});
