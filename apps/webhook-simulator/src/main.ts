import { runService } from '@contact-sync/service-kit';
import { service } from './service.ts';

await runService(service, process.env);
