import { deliveryLogContract } from './delivery-log.contract.ts';
import { createMemoryDeliveryLog } from './memory-delivery-log.ts';

deliveryLogContract('the in-memory fake', createMemoryDeliveryLog);
