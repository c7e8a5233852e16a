import { contentHash } from './content-hash.ts';
import { identityOf } from './identities.ts';
import { contentOf } from './source-content.ts';
import type { SourceEvent } from './source-event.ts';

/**
 * What makes two records one event (design rule 2): 43 characters of base64url over its id and all of its content, when it
 * was received aside. The same as a mirror remembers it by.
 */
export const eventIdentity = (event: SourceEvent): string => {
  const content = contentOf(event);
  return identityOf(event, content, contentHash(content));
};
