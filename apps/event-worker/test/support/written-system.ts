import type { ConsumedRecord, IntegrationEvent, Outcome } from '@contact-sync/kafka';
import { createHttpClient } from '@contact-sync/service-kit';
import { type AcmeStandInOptions, startAcmeStandIn } from '@contact-sync/testing';
import { onTestFinished } from 'vitest';
import { createHttpAcmeApi } from '../../src/adapters/acme/http-acme-api.ts';
import { createWriter } from '../../src/write-back/writer.ts';
import { memoryAcmeTurns } from '../memory-acme-turns.ts';
import { memoryContacts } from '../memory-contacts.ts';
import { memoryWriteBrake } from '../memory-write-brake.ts';

// Tells silence from a slow machine.
const timeoutMs = 3_000;

type Changed = IntegrationEvent<string>;

/** The writer between a contact-service in memory and an AcmeCRM that a test plays; ends with the test. */
export const startWriter = async (
  options: AcmeStandInOptions & { readonly brakeCount?: number; readonly ourKey?: string } = {},
) => {
  const { brakeCount = 100, ourKey = 'key', ...acmeOptions } = options;
  const acme = await startAcmeStandIn(acmeOptions);
  const http = createHttpClient({ peer: 'AcmeCRM', baseUrl: acme.url, timeoutMs });
  onTestFinished(async () => {
    await http.close();
    await acme.close();
  });
  const contacts = memoryContacts();
  const brake = memoryWriteBrake(brakeCount);
  const api = createHttpAcmeApi({ http, apiKey: ourKey, turns: memoryAcmeTurns() });
  const ports = { api, planner: contacts.planner, contacts: contacts.applier, brake, now: Date.now };
  const { handle } = createWriter(ports, { againMs: [1, 2, 4] });

  const recordOf = (contactId: string, changedAt: number): ConsumedRecord<Changed> => {
    const { version } = contacts.contact(contactId);
    const value = { contactId, version } as Changed;
    return {
      value,
      key: contactId,
      headers: {},
      origin: { topic: 't', partition: 0, offset: '0', timestamp: changedAt },
    };
  };
  return {
    acme,
    contacts,
    brake,
    recordOf,
    /** The outcomes of one batch with a record of each of these contacts, as they are now. */
    hear: async (ids: readonly string[], changedAt = Date.now()): Promise<readonly Outcome[]> => {
      const records = ids.map((id) => recordOf(id, changedAt));
      const answer = await handle(records, { signal: new AbortController().signal, failures: 0 });
      if ('refused' in answer) throw new Error('the writer refused a batch');
      return answer;
    },
    handle,
  };
};
