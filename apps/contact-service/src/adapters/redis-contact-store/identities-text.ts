import { type Mirror, parseJson } from '@contact-sync/domain';

type Identities = Mirror['identities'];
type Identity = Identities[number];
type Row = readonly [
  eventId: Identity['eventId'],
  eventHash: Identity['eventHash'],
  fate: Identity['fate'],
  version?: number,
];

/** A mirror's identities as text; the names of their members, a third of it, are left out. */
export const toIdentitiesText = (identities: Identities): string =>
  JSON.stringify(
    identities.map(
      ({ eventId, eventHash, fate, version }): Row =>
        version === undefined ? [eventId, eventHash, fate] : [eventId, eventHash, fate, version],
    ),
  );

/** The way back from {@link toIdentitiesText}; none for an absent text. */
export const fromIdentitiesText = (text: string | undefined): Identities => {
  if (text === undefined) return [];
  const rows = parseJson(text) as readonly Row[];
  return rows.map(([eventId, eventHash, fate, version]) =>
    version === undefined ? { eventId, eventHash, fate } : { eventId, eventHash, fate, version },
  );
};
