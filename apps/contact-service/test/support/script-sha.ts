import { defineScript, loadScript } from '@contact-sync/redis';

/** What a request to Redis holds that writes a contact. */
export const guardedWriteSha = defineScript({
  name: 'guarded-write',
  lua: loadScript(new URL('../../src/adapters/redis-contact-store/guarded-write.lua', import.meta.url)),
  keys: 'any',
  reply: Number,
}).sha;
