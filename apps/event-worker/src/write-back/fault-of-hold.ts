import type { PlannedWrite } from '@contact-sync/domain';

export type HeldWrite = Extract<PlannedWrite, { readonly kind: 'held' }>;

/** What is wrong with a contact that nothing is written of, as its letter says it. */
export const faultOfHold = ({ why, code, pointer }: HeldWrite) => ({
  code: code ?? (why === 'not-found' ? 'ACME_NOT_FOUND' : 'ACME_REFUSED'),
  ...(pointer !== undefined && { pointer }),
});
