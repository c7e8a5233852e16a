import { Type } from 'typebox';

export const ContactsInAll = Type.Integer({
  minimum: 0,
  description: 'How many contacts there are, of which a share may be deleted',
});
