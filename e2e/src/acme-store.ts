import type { System } from './system.ts';

/** A record as AcmeCRM's API answers it. */
export type StoredRecord = { readonly id: string; readonly acme_version: number };

const atOnce = 16;

/** AcmeCRM's own API as its people use it, past everything of ours. */
export const acmeStoreOf = ({ urls, acmeApiKey }: Pick<System, 'urls' | 'acmeApiKey'>) => {
  const call = async (method: string, path: string, body?: object): Promise<StoredRecord> => {
    const response = await fetch(`${urls['webhook-simulator']}/acme/v1/contacts${path}`, {
      method,
      headers: {
        authorization: `Bearer ${acmeApiKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`AcmeCRM answered ${response.status} to ${method} ${path}`);
    return (await response.json()) as StoredRecord;
  };
  /** Does so many things, sixteen at a time, and gives their results in order. */
  const each = async <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) => {
    const results: Result[] = [];
    const rest = items.entries();
    const worker = async () => {
      for (const [index, item] of rest) results[index] = await work(item);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return results;
  };
  const patch = (id: string, members: object) => call('PATCH', `/${id}`, members);
  return {
    patch,
    remove: (id: string) => call('DELETE', `/${id}`),
    /** Makes so many contacts; gives their ids. */
    fill: async (count: number): Promise<string[]> => {
      const numbers = Array.from({ length: count }, (_, index) => index);
      const records = await each(numbers, (number) =>
        call('POST', '', {
          acme_first_name: 'Ada',
          acme_last_name: `Imported ${number}`,
          acme_email: `ada${number}@example.com`,
          acme_phone: '+1 (415) 555-0123',
          acme_address: '123 Main St, San Francisco, CA 94105, USA',
        }),
      );
      return records.map(({ id }) => id);
    },
    patchEach: (ids: readonly string[], members: object) => each(ids, (id) => patch(id, members)),
  };
};
