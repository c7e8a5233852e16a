import { nameBasedUuids } from './name-based-uuid.ts';

/** Fixed for ever: every contact id of AcmeCRM and every outgoing event id depends on it (design section 2). */
const uuidOf = nameBasedUuids('6f1c1d1e-4c6b-5d0f-9a53-6b8f6c0d7a11');

/** The id of the contact that AcmeCRM calls `acmeId`: always the same, without any look-up. */
export const contactIdOfAcme = (acmeId: string): string => uuidOf(`acmecrm:${acmeId}`);

/** The id of the outgoing event that tells of a contact's `version` (design rule 6). */
export const outgoingEventId = (contactId: string, version: number): string =>
  uuidOf(`${contactId}:${version}`);

/** The id of a write to AcmeCRM: of the state that it was planned on, so that no two writes of a contact share one. */
export const writeIdOf = (contactId: string, version: number, revision: number): string =>
  uuidOf(`write:${contactId}:${version}:${revision}`);
