import { fateStoreContract } from './fate-store.contract.ts';
import { createInMemoryFateStore } from './in-memory-fate-store.ts';

fateStoreContract('memory', createInMemoryFateStore);
