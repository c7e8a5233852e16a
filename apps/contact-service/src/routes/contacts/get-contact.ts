import { type contactRoutes, jsonTextOf } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { etagOf, isNotModified } from '../../domain/preconditions.ts';
import type { ContactReader, ContactStore } from '../../ports.ts';
import { followLink } from '../../use-cases/follow-link.ts';
import { readContact } from '../../use-cases/read-contacts.ts';

const wantsFresh = (cacheControl: string | undefined): boolean =>
  cacheControl !== undefined && /(?:^|[\s,])no-cache(?:$|[\s,;=])/i.test(cacheControl);

/** A deleted contact is answered too, with its `deletedAt`. */
export const getContact =
  (store: ContactStore, reader: ContactReader): RouteHandler<typeof contactRoutes.getContact> =>
  async ({ params, headers }) => {
    const fresh = wantsFresh(headers['cache-control']);
    const { version, json } = await followLink(store, params.id, (id) => readContact(reader, id, { fresh }));
    const etag = etagOf(version);
    if (isNotModified(headers['if-none-match'], version)) return { status: 304, headers: { etag } };
    return { status: 200, headers: { etag }, text: jsonTextOf(json) };
  };
