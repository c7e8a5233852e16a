import type { preValidationHookHandler } from 'fastify';

/** Blanks around an e-mail are of the hand or the clipboard, and no fault of it. */
export const trimEmail: preValidationHookHandler = ({ body }, _reply, done) => {
  const isObject = typeof body === 'object' && body !== null;
  if (isObject && 'email' in body && typeof body.email === 'string') body.email = body.email.trim();
  done();
};
