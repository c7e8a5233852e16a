import type { SimulatedContact } from '../scenario/scenario.ts';
import type { Delivery } from './delivery.ts';

/**
 * A delivery that must be refused. It speaks of a version above all of the contact's own: were it taken by mistake, the
 * contact would show a version that AcmeCRM never had.
 */
export const plantedDelivery = (
  kind: 'badSignature' | 'malformed',
  index: number,
  contact: SimulatedContact,
): Delivery => {
  const { acmeId, contactId, events } = contact;
  const version = events.length + 1 + index;
  const record = {
    id: acmeId,
    acme_first_name: 'Planted',
    acme_last_name: kind,
    acme_email: 'planted@example.invalid',
    acme_version: version,
  };
  const last = events.at(-1)?.webhook;
  const webhook = {
    id: `${last?.id ?? acmeId}_${kind}_${index + 1}`,
    event: 'contact.updated' as const,
    timestamp: last?.timestamp ?? new Date(0).toISOString(),
    data: record,
  };
  return { kind, event: { acmeId, contactId, version, record, webhook } };
};
