import { crmStoreContract } from './crm-store.contract.ts';
import { createMemoryCrmStore } from './memory-crm-store.ts';

crmStoreContract('the in-memory fake', createMemoryCrmStore);
