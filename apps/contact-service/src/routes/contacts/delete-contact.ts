import type { App } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { deleteOne } from '../../use-cases/write-contacts.ts';
import { ChangeHeaders, changeIn, sendAnswer } from './mutation.ts';
import { ContactParams } from './schemas.ts';

/** `DELETE /api/v1/contacts/{id}`: softly; `restore` takes it back. */
export const deleteContactRoute = async (app: App, { edit }: { edit: EditContact }): Promise<void> => {
  app.delete(
    '/:id',
    {
      config: { permission: 'contacts:write' },
      schema: {
        description: 'Deletes a contact softly.',
        params: ContactParams,
        headers: ChangeHeaders,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => sendAnswer(reply, await deleteOne(edit, changeIn(request, request.params.id))),
  );
};
