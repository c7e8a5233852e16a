import { guardedWrite } from '../../src/adapters/redis-contact-store/guarded-write.ts';

/** What a request to Redis holds that writes a contact. */
export const guardedWriteSha = guardedWrite.sha;
