import type { BornHere } from '@contact-sync/api-contracts';
import { type Contact, limits, planWriteBack } from '@contact-sync/domain';
import { contactListOf } from '../domain/lists/contact-list.ts';
import type { ContactStore, Page, Snapshot } from '../ports.ts';
import type { WriteBackPorts } from './plan-write-backs.ts';
import { listContacts } from './read-contacts.ts';

export type BornHerePorts = Omit<WriteBackPorts, 'store'> & { readonly store: ContactStore };

/** In the order of their creation, in which nothing moves. */
const bornHere = contactListOf({ source: 'api', includeDeleted: false });

/** How far AcmeCRM has a record of it, as the plan of its next write tells; null where it lives no more. */
const recordOf = (
  { mapping, now, writeLeaseMs: leaseMs }: BornHerePorts,
  { id }: Contact,
  holding: Snapshot,
): Pick<BornHere, 'record' | 'why'> | null => {
  if (holding.mirror !== null) return { record: 'linked' };
  const { plan } = planWriteBack({ id, holding, mapping, deletes: false, now: now(), leaseMs });
  if (plan.kind === 'nothing') return null;
  if (plan.kind === 'held') return { record: 'held', why: plan.why };
  if (plan.kind === 'frozen') return { record: 'held', why: 'frozen' };
  return { record: holding.writeBack?.sent ? 'under-way' : 'none' };
};

/**
 * A page of the walk over all live contacts that were made here.
 *
 * @throws {AppError} retryable; INVALID_CURSOR.
 */
export const listBornHere = async (
  ports: BornHerePorts,
  cursor: string | undefined,
): Promise<Page<BornHere>> => {
  const { store } = ports;
  const { items: contacts, ...rest } = await listContacts(store, {
    list: bornHere,
    limit: limits.bornHerePerPage,
    cursor,
  });
  const snapshots = await store.load(contacts.map(({ id }) => id));
  const items = contacts.flatMap((contact, index): BornHere[] => {
    const { id: contactId, version, updatedAt } = contact;
    const holding = snapshots[index];
    const record = holding ? recordOf(ports, contact, holding) : null;
    return record ? [{ contactId, version, updatedAt, ...record }] : [];
  });
  return { items, ...rest };
};
