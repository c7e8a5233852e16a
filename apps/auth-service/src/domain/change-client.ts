import type { MachineClient } from './machine-client.ts';

/** What may be changed of a client; what is left out stays. */
export type ClientWish = Partial<Pick<MachineClient, 'audiences' | 'scopes'>>;

/** The client as wished. One that loses an audience or a scope has no token with it any more. */
export const changeClient = (client: MachineClient, { audiences, scopes }: ClientWish): MachineClient => {
  const changed = { ...client, audiences: audiences ?? client.audiences, scopes: scopes ?? client.scopes };
  const hasLost =
    client.audiences.some((audience) => !changed.audiences.includes(audience)) ||
    client.scopes.some((scope) => !changed.scopes.includes(scope));
  return hasLost ? { ...changed, epoch: client.epoch + 1 } : changed;
};

/**
 * The client with a new secret; the one before is good until `oldUntil` (Unix seconds). Without it, it ends at once, with
 * every token that was given out.
 */
export const withNewSecret = (
  { oldSecret: _, ...client }: MachineClient,
  secretHash: string,
  oldUntil: number | undefined,
): MachineClient =>
  oldUntil === undefined
    ? { ...client, secretHash, epoch: client.epoch + 1 }
    : { ...client, secretHash, oldSecret: { hash: client.secretHash, until: oldUntil } };

/** The client as it is declared anew. Its secret is the declared one alone; a token that was given out stays good. */
export const asDeclared = (
  { oldSecret: _, ...client }: MachineClient,
  declared: Omit<MachineClient, 'epoch'>,
): MachineClient => ({ ...changeClient(client, declared), secretHash: declared.secretHash });
