import {
  decide,
  type HeldMirror,
  mirrorAfter,
  type SourceEvent,
  type StoredContact,
} from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';

/** What became of one contact's events, one after the other. */
export type Effect = {
  /** One fate, or the code of a dead letter, for each event. */
  readonly fates: readonly string[];
  /** The source versions of its history entries; one that stands twice was doubled. */
  readonly history: readonly number[];
  /** The version it ended at; below the highest that was sent, something was lost. */
  readonly sourceVersion: number | undefined;
};

const mapping = compileMapping(builtInMapping);

const effectOf = (events: readonly SourceEvent[]): Effect => {
  let mirror: HeldMirror | null = null;
  let contact: StoredContact | null = null;
  const history: number[] = [];
  const fates: string[] = [];
  for (const event of events) {
    const decision = decide({ mirror, contact, event, mapping, now: new Date().toISOString() });
    fates.push(decision.kind === 'fault' ? decision.code : decision.fate);
    if (decision.kind === 'noted' || decision.kind === 'applied') {
      mirror = mirrorAfter(mirror, decision.mirror);
    }
    if (decision.kind !== 'applied') continue;
    history.push(event.sourceVersion);
    contact = decision.change?.contact ?? contact;
  }
  return { fates, history, sourceVersion: mirror?.sourceVersion };
};

/** Applies events as the system behind the topics does, for each contact by its id in AcmeCRM. */
export const effectsOf = (events: readonly SourceEvent[]): ReadonlyMap<string, Effect> =>
  new Map([...Map.groupBy(events, ({ data }) => data.id)].map(([id, found]) => [id, effectOf(found)]));

/** Counts the records under each event id. */
export const copiesOf = (events: readonly SourceEvent[]): ReadonlyMap<string, number> =>
  new Map([...Map.groupBy(events, ({ eventId }) => eventId)].map(([id, found]) => [id, found.length]));

/** Contacts with a source version that took effect twice; none, if all is well. */
export const doubledIn = (events: readonly SourceEvent[]): string[] =>
  [...effectsOf(events)]
    .filter(([, { history }]) => new Set(history).size < history.length)
    .map(([id]) => id);
