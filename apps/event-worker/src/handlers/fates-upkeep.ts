import {
  type ConsumedRecord,
  defineHandler,
  done,
  type Handler,
  type IntegrationContactDeleted,
  integrationContactDeleted,
  type QuarantinedDelivery,
  webhookQuarantine,
} from '@contact-sync/kafka';
import type { FateStore } from '../fates/fate-store.ts';
import { quarantinedFate } from '../fates/quarantined-fate.ts';

export type FatesNews = QuarantinedDelivery | IntegrationContactDeleted;

type Ports = {
  readonly store: Pick<FateStore, 'record'>;
  /** Forgets what is kept of a contact that was erased for good; repeats are harmless. */
  readonly forgetContact: (contactId: string) => Promise<unknown>;
};

const fateOf = ({ value, origin: { topic, partition, offset } }: ConsumedRecord<FatesNews>) =>
  'quarantineId' in value ? quarantinedFate(value, { topic, partition, offset }) : undefined;

const erasedOf = ({ value }: ConsumedRecord<FatesNews>): readonly string[] =>
  'erased' in value && value.erased ? [value.contactId] : [];

/**
 * What fates hear of beside the events themselves (docs/adr/0037): refused items, which are dead letters among them, and
 * contacts that were erased, of which nothing is kept.
 */
export const fatesUpkeep = ({ store, forgetContact }: Ports): Handler<FatesNews> =>
  defineHandler<FatesNews>([webhookQuarantine, integrationContactDeleted], async (records) => {
    await store.record(records.flatMap((record) => fateOf(record) ?? []));
    for (const contactId of records.flatMap(erasedOf)) await forgetContact(contactId);
    return records.map(() => done());
  });
