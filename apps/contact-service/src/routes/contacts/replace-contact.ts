import { Contact, limits } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import { ContactReplacement } from '../../domain/contact-input.ts';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { replaceOne } from '../../use-cases/write-contacts.ts';
import { ChangeHeaders, changeIn, sendAnswer } from './mutation.ts';
import { ContactParams } from './schemas.ts';

/** `PUT /api/v1/contacts/{id}`: every field anew; what is left out becomes empty. What GET gave is taken back. */
export const replaceContactRoute = async (app: App, { edit }: { edit: EditContact }): Promise<void> => {
  app.put(
    '/:id',
    {
      config: { permission: 'contacts:write' },
      bodyLimit: limits.contactBytes,
      schema: {
        description: 'Writes a contact whole. Read-only members may stand as they are stored.',
        params: ContactParams,
        headers: ChangeHeaders,
        body: ContactReplacement,
        response: { 200: Contact },
      },
    },
    async (request, reply) =>
      sendAnswer(reply, await replaceOne(edit, changeIn(request, request.params.id), request.body)),
  );
};
