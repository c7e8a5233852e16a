import { createMemoryRunStore } from './memory-run-store.ts';
import { runStoreContract } from './run-store.contract.ts';

runStoreContract('the in-memory fake', createMemoryRunStore);
