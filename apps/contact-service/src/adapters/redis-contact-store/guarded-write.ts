import { defineFeedScript } from './feed/feed-script.ts';

/** The one script that writes contacts (docs/adr/0003). */
export const guardedWrite = defineFeedScript({
  name: 'guarded-write',
  url: new URL('./guarded-write.lua', import.meta.url),
  keys: 'any',
  reply: (reply) => (reply === 1 ? ('written' as const) : ('moved' as const)),
});
