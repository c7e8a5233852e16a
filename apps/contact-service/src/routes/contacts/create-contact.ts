import { Contact, limits } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import { v7 } from 'uuid';
import { ContactInput } from '../../domain/contact-input.ts';
import { idOfKeyedCreate } from '../../domain/idempotency.ts';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { createOne } from '../../use-cases/write-contacts.ts';
import { authorOf, CreateHeaders, claimIn, scopeOf, sendAnswer } from './mutation.ts';

const path = '/api/v1/contacts';

/** `POST /api/v1/contacts`: a contact born here; with an Idempotency-Key its id is the same at each repeat. */
export const createContactRoute = async (app: App, { edit }: { edit: EditContact }): Promise<void> => {
  app.post(
    '/',
    {
      config: { permission: 'contacts:write' },
      bodyLimit: limits.contactBytes,
      schema: {
        description: 'Makes a contact.',
        headers: CreateHeaders,
        body: ContactInput,
        response: { 201: Contact },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request, path);
      const id = scope ? idOfKeyedCreate(scope) : v7();
      const asked = { id, by: authorOf(request), ...claimIn(request, path) };
      return sendAnswer(reply, await createOne(edit, asked, request.body));
    },
  );
};
