import { Contact } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { etagOf, isNotModified } from '../../domain/preconditions.ts';
import type { ContactStore } from '../../ports.ts';
import { readContact } from '../../use-cases/read-contacts.ts';
import { ContactParams } from './schemas.ts';

const notModified = (reply: FastifyReply): FastifyReply => reply.code(304).send();

/** `GET /api/v1/contacts/{id}`: a deleted contact is answered too, with its `deletedAt`. */
export const getContactRoute = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  app.get(
    '/:id',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description: 'One contact.',
        params: ContactParams,
        response: { 200: Contact, 304: Type.Null() },
      },
    },
    async (request, reply) => {
      const contact = await readContact(store, request.params.id);
      reply.header('etag', etagOf(contact.version));
      if (isNotModified(request.headers['if-none-match'], contact.version)) return notModified(reply);
      return contact;
    },
  );
};
