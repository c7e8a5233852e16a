import type { KnownMirror, MirrorVersion } from '@contact-sync/api-contracts';
import { contactIdOfAcme, documentedHash, type HeldMirror, isBlocked } from '@contact-sync/domain';
import type { ContactStore, MirrorWalk, Snapshot } from '../ports.ts';

type Store = Pick<ContactStore, 'load'>;

const knownOf = (contactId: string, mirror: HeldMirror): KnownMirror => {
  const record = mirror.taken()?.record ?? null;
  return {
    kind: 'known',
    acmeId: mirror.sourceId,
    contactId,
    version: mirror.sourceVersion,
    deleted: mirror.deleted,
    documentedHash: record && documentedHash(record),
    missing: mirror.missing.ranges.map(({ from, to }) => ({ from, to })),
  };
};

/** What is held under these ids; of one that is linked, what is held of the contact that it is linked with. */
const loadLinked = async (store: Store, ids: readonly string[]) => {
  const snapshots = await store.load(ids);
  const linked = snapshots.flatMap(({ linkedTo }) => linkedTo ?? []);
  const contacts = linked.length === 0 ? [] : await store.load(linked);
  const byId = new Map<string, Snapshot | undefined>(linked.map((id, index) => [id, contacts[index]]));
  return ids.map((id, index) => {
    const contactId = snapshots[index]?.linkedTo ?? id;
    return { contactId, snapshot: contactId === id ? snapshots[index] : byId.get(contactId) };
  });
};

/**
 * What is held of these records of AcmeCRM, in their order.
 *
 * @throws {AppError} retryable.
 */
export const readMirrorVersions = async (
  store: Store,
  acmeIds: readonly string[],
): Promise<MirrorVersion[]> => {
  const found = await loadLinked(store, acmeIds.map(contactIdOfAcme));
  return found.map(({ contactId, snapshot }, index): MirrorVersion => {
    const acmeId = acmeIds[index] ?? '';
    if (isBlocked(snapshot?.contact ?? null)) return { kind: 'erased', acmeId, contactId };
    const mirror = snapshot?.mirror ?? null;
    return mirror === null ? { kind: 'unknown', acmeId, contactId } : knownOf(contactId, mirror);
  });
};

/** A page of all that is held, in no order. */
export type MirrorPage = { readonly items: readonly KnownMirror[]; readonly next?: string };

/**
 * A page of the walk over all records of AcmeCRM that are held.
 *
 * @throws {AppError} retryable.
 */
export const listMirrors = async (
  { store, walk }: { readonly store: Store; readonly walk: MirrorWalk },
  cursor: string | undefined,
): Promise<MirrorPage> => {
  const { items: ids, next } = await walk.pageAfter(cursor);
  const snapshots = await store.load(ids);
  const items = ids.flatMap((id, index) => {
    const mirror = snapshots[index]?.mirror ?? null;
    return mirror === null ? [] : [knownOf(id, mirror)];
  });
  return next === undefined ? { items } : { items, next };
};
