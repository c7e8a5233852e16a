import { propertyRuns } from '@contact-sync/testing';
import fc from 'fast-check';
import { it } from 'vitest';
import { bothWaysContract } from './both-ways.contract.ts';
import { changesContract } from './changes.contract.ts';
import { contactListContract } from './contact-list.contract.ts';
import { contactStoreContract } from './contact-store.contract.ts';
import { gapsContract } from './gaps.contract.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';
import { contactsArbitrary } from './list-arbitraries.ts';
import { holdsWhatIsThere } from './list-law.ts';
import { putContacts } from './stored-contacts.ts';
import { tombstonesContract } from './tombstones.contract.ts';

const { seed, numRuns } = propertyRuns('lists in memory', 300);

contactStoreContract('memory', createInMemoryContactStore);
changesContract('memory', createInMemoryContactStore);
gapsContract('memory', createInMemoryContactStore);
bothWaysContract('memory', createInMemoryContactStore);
tombstonesContract('memory', createInMemoryContactStore);
contactListContract('memory', createInMemoryContactStore);

it(`lists in memory hold what a look at every contact finds (PROPERTY_SEED=${seed})`, async () => {
  const [contacts = []] = fc.sample(contactsArbitrary(60), { numRuns: 1, seed });
  const store = createInMemoryContactStore({ historyLimit: 5 });
  await putContacts(store, contacts);
  await holdsWhatIsThere(store, contacts, { numRuns, seed });
});
