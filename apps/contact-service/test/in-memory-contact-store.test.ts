import { contactStoreContract } from './contact-store.contract.ts';
import { createInMemoryContactStore } from './in-memory-contact-store.ts';

contactStoreContract('memory', createInMemoryContactStore);
