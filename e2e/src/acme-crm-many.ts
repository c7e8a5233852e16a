import type { CrmRecord, crmOf } from './acme-crm.ts';

type Crm = ReturnType<typeof crmOf>;

const atOnce = 16;

/** Does something with each, sixteen at a time, and gives the results in order. */
const each = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
};

const idOf = ({ id }: CrmRecord): string => {
  if (typeof id === 'string') return id;
  throw new Error('AcmeCRM has refused a contact');
};

/** Makes so many contacts in AcmeCRM; gives their ids. */
export const fillCrm = (crm: Crm, count: number): Promise<string[]> =>
  each(
    Array.from({ length: count }, (_, index) => index),
    async (number) =>
      idOf(
        await crm.create({
          acme_first_name: 'Ada',
          acme_last_name: `Imported ${number}`,
          acme_email: `ada${number}@example.com`,
          acme_phone: '+1 (415) 555-0123',
          acme_address: '123 Main St, San Francisco, CA 94105, USA',
        }),
      ),
  );

/** Deletes each of these contacts there. */
export const removeCrm = (crm: Crm, ids: readonly string[]): Promise<string[]> =>
  each(ids, async (id) => idOf(await crm.remove(id)));

/** Changes each of these contacts there. */
export const patchCrm = (crm: Crm, ids: readonly string[], members: object): Promise<string[]> =>
  each(ids, async (id) => idOf(await crm.patch(id, members)));
