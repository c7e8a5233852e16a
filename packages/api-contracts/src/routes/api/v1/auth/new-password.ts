import { Type } from 'typebox';

/** A password that is set: judged by its length, and against a short list of the commonest (NIST SP 800-63B section 3.1.1). */
export const NewPassword = Type.String({
  minLength: 12,
  maxLength: 1_024,
  description: 'None of the commonest; no other rule than the length',
});
