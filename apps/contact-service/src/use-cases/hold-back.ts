import { AppError, type ContactChange } from '@contact-sync/domain';
import type { IntegrationEvents, Outbox, Refusal } from '../ports.ts';

const neverGoes: ReadonlySet<string> = new Set(['PAYLOAD_TOO_LARGE', 'INVALID_EVENT']);

/** What a change was refused for, where no repetition helps; null for a failure that may pass. */
export const refusalOf = (
  { contact, outgoing }: ContactChange,
  error: unknown,
  now: string,
): Refusal | null => {
  if (!(error instanceof AppError) || !neverGoes.has(error.code)) return null;
  const reason = error.internal ?? error.message;
  return { code: 'OUTBOX_REFUSED', version: contact.version, eventId: outgoing.eventId, at: now, reason };
};

type Ports = { readonly outbox: Pick<Outbox, 'held'>; readonly events: IntegrationEvents };

/** Sends a contact's held changes, oldest first, up to one that is refused still. */
const sendHeld = async ({ outbox: { held }, events }: Ports, token: number, id: string): Promise<number> => {
  for (let sent = 0; ; sent += 1) {
    const change = await held.first(id);
    if (change === null) return sent;
    try {
      await events.publish(change);
    } catch (error) {
      if (refusalOf(change, error, '') !== null) return sent;
      throw error;
    }
    if (!(await held.letGo(token, change))) return sent;
  }
};

/**
 * Tries once more what was refused: a topic may take larger events by now. How many went.
 *
 * @throws what a send fails with that may pass.
 */
export const retryHeld = async (ports: Ports, token: number): Promise<number> => {
  let sent = 0;
  for (const id of (await ports.outbox.held.refusals()).keys()) sent += await sendHeld(ports, token, id);
  return sent;
};
