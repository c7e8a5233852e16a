import type { SimulatedContact, SimulatedEvent } from '../acme/event.ts';
import type { LocalEdit } from '../scenario/scenario.ts';

/** An edit on our side; where it was not answered as made it may have been made or not. */
export type MadeEdit = LocalEdit & { readonly isMade: boolean };

/**
 * What is known of one contact after sending: `accepted` events got a 2xx and must have had their effect; `uncertain`
 * ones never got a final answer, so they may have had it or not. Refused events are in neither.
 */
export type Evidence = {
  readonly contactId: string;
  readonly acmeId: string;
  readonly accepted: readonly SimulatedEvent[];
  readonly uncertain: readonly SimulatedEvent[];
  readonly edits: readonly MadeEdit[];
};

/** How the sending of one event ended, its repeats included. */
export type EventOutcome = 'accepted' | 'uncertain' | 'refused';

/** One piece of evidence a contact, from outcomes by webhook id. An event without outcome was never sent. */
export const gatherEvidence = (
  contacts: readonly SimulatedContact[],
  outcomes: ReadonlyMap<string, EventOutcome>,
  edits: readonly MadeEdit[],
): Evidence[] => {
  const editsOf = Map.groupBy(edits, ({ contactId }) => contactId);
  return contacts.map(({ contactId, acmeId, events }) => {
    const having = (outcome: EventOutcome) =>
      events.filter(({ webhook }) => outcomes.get(webhook.id) === outcome);
    return {
      contactId,
      acmeId,
      accepted: having('accepted'),
      uncertain: having('uncertain'),
      edits: editsOf.get(contactId) ?? [],
    };
  });
};

/** The accepted event that decides a contact's final state: the one with the highest version that can be applied. */
export const decisiveEvent = ({ accepted }: Evidence): SimulatedEvent | undefined =>
  accepted
    .filter(({ conflicts }) => !conflicts)
    .reduce<SimulatedEvent | undefined>(
      (highest, event) => (highest && highest.version > event.version ? highest : event),
      undefined,
    );
