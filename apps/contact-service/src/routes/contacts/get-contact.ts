import { Contact } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import type { FastifyReply } from 'fastify';
import { etagOf, isNotModified } from '../../domain/preconditions.ts';
import type { ContactReader } from '../../ports.ts';
import { readContact } from '../../use-cases/read-contacts.ts';
import { ContactParams } from './schemas.ts';
import { sendJson } from './send-json.ts';

const notModified = (reply: FastifyReply): FastifyReply => reply.code(304).send();

const wantsFresh = (cacheControl: string | undefined): boolean =>
  cacheControl !== undefined && /(?:^|[\s,])no-cache(?:$|[\s,;=])/i.test(cacheControl);

/** `GET /api/v1/contacts/{id}`: a deleted contact is answered too, with its `deletedAt`. */
export const getContactRoute = async (app: App, { reader }: { reader: ContactReader }): Promise<void> => {
  app.get(
    '/:id',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description: 'One contact. `Cache-Control: no-cache` reads past every cache of ours.',
        params: ContactParams,
        response: { 200: Contact },
      },
    },
    async (request, reply) => {
      const fresh = wantsFresh(request.headers['cache-control']);
      const { version, json } = await readContact(reader, request.params.id, { fresh });
      reply.header('etag', etagOf(version));
      if (isNotModified(request.headers['if-none-match'], version)) return notModified(reply);
      return sendJson(reply, json);
    },
  );
};
