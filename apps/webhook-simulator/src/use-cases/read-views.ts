import type { Reading } from '../domain/judge-run.ts';
import type { ContactViews } from '../domain/oracle/views.ts';
import type { ContactReader } from '../ports.ts';
import { eachAtOnce } from './each-at-once.ts';
import { type Patience, persistently } from './persistently.ts';

const CONTACTS_AT_ONCE = 4;
const CALM_MS = 500;

/** All that the public API shows of a contact; undefined where it could not be read within the deadline. */
export const readContact = async (
  id: string,
  reader: ContactReader,
  patience: Patience,
): Promise<ContactViews | undefined> => {
  const read = async () => ({
    acme: await reader.acme(id),
    contact: await reader.contact(id),
    history: await reader.history(id),
  });
  try {
    return await persistently(read, patience);
  } catch {
    patience.signal.throwIfAborted();
    // The verdict reports this contact as unverified; the others can still be judged.
    return undefined;
  }
};

/**
 * Reads everything that the public API shows of the contacts, again and again until two readings in a row are the same
 * or the deadline is over: a late repeat may still be on its way when the last version already shows.
 */
export const readViews = async (
  contactIds: readonly string[],
  reader: ContactReader,
  patience: Patience,
  onProgress: (read: number) => void,
): Promise<Reading[]> => {
  const readAll = (): Promise<(ContactViews | undefined)[]> => {
    let read = 0;
    return eachAtOnce(contactIds, CONTACTS_AT_ONCE, async (id) => {
      const views = await readContact(id, reader, patience);
      read += 1;
      onProgress(read);
      return views;
    });
  };
  let before = await readAll();
  for (;;) {
    await patience.clock.wait(CALM_MS, patience.signal);
    const views = await readAll();
    const readings = views.map((view, index) => ({
      views: view,
      moved: JSON.stringify(view) !== JSON.stringify(before[index]),
    }));
    if (!readings.some(({ moved }) => moved) || patience.clock.now() >= patience.deadline) return readings;
    before = views;
  }
};
