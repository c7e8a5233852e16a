import {
  type ConsumedRecord,
  defineHandler,
  done,
  type Handler,
  type IntegrationEvent,
  integrationEventContracts,
} from '@contact-sync/kafka';
import { braked } from '../write-back/paused.ts';
import type { WriteBrake } from '../write-back/ports.ts';
import type { WriteBack } from '../write-back/write-back.ts';

type Changed = IntegrationEvent<string>;

type Ports = {
  readonly writeBack: WriteBack;
  readonly brake: Pick<WriteBrake, 'holds'>;
};

/** A contact's newest record: what it is now decides, and its other records have nothing to add. */
const newestOf = (
  records: readonly ConsumedRecord<Changed>[],
): ReadonlyMap<string, ConsumedRecord<Changed>> => {
  const newest = new Map<string, ConsumedRecord<Changed>>();
  for (const record of records) {
    const known = newest.get(record.value.contactId);
    if (known === undefined || known.value.version <= record.value.version) {
      newest.set(record.value.contactId, record);
    }
  }
  return newest;
};

/** Hears of each change of our contacts and brings it to AcmeCRM (design section 6, point 1). */
export const writeBackHandler = ({ writeBack, brake }: Ports): Handler<Changed> =>
  defineHandler<Changed>(integrationEventContracts, async (records, { signal }) => {
    const newest = newestOf(records);
    const changed = [...newest].map(
      ([
        id,
        {
          origin,
          traceparent,
          value: { version },
        },
      ]) => ({
        id,
        version,
        changedAt: origin.timestamp,
        traceparent,
      }),
    );
    const oldest = Math.min(...changed.map(({ changedAt }) => changedAt));
    if (await brake.holds(oldest)) throw braked();
    const outcomes = await writeBack(changed, signal);
    return records.map((record) => {
      const { contactId } = record.value;
      if (newest.get(contactId) !== record) return done('superseded');
      const outcome = outcomes.get(contactId);
      if (outcome === undefined)
        throw new Error('contact-service planned fewer contacts than it was asked for');
      return outcome;
    });
  });
