import { contactStoreContract } from './contact-store.contract.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';
import { tombstonesContract } from './tombstones.contract.ts';

contactStoreContract('memory', createInMemoryContactStore);
tombstonesContract('memory', createInMemoryContactStore);
