import type { Scenario, SimulatedEvent } from '../scenario/scenario.ts';

/**
 * What AcmeCRM knows of one contact's events after sending: `accepted` got a 2xx and must have had their effect;
 * `uncertain` never got a final answer, so they may have had it or not. Refused events are in neither.
 */
export type Evidence = {
  readonly contactId: string;
  readonly acmeId: string;
  readonly accepted: readonly SimulatedEvent[];
  readonly uncertain: readonly SimulatedEvent[];
};

/** How the sending of one event ended, its repeats included. */
export type EventOutcome = 'accepted' | 'uncertain' | 'refused';

/** One piece of evidence a contact, from outcomes by webhook id. An event without outcome was never sent. */
export const gatherEvidence = (
  { contacts }: Scenario,
  outcomes: ReadonlyMap<string, EventOutcome>,
): Evidence[] =>
  contacts.map(({ contactId, acmeId, events }) => {
    const having = (outcome: EventOutcome) =>
      events.filter(({ webhook }) => outcomes.get(webhook.id) === outcome);
    return { contactId, acmeId, accepted: having('accepted'), uncertain: having('uncertain') };
  });

/** The accepted event that decides a contact's final state: the one with the highest version. */
export const decisiveEvent = ({ accepted }: Evidence): SimulatedEvent | undefined =>
  accepted.reduce<SimulatedEvent | undefined>(
    (highest, event) => (highest && highest.version > event.version ? highest : event),
    undefined,
  );
