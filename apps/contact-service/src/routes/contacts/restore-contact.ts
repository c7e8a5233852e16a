import { Contact } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { restoreOne } from '../../use-cases/write-contacts.ts';
import { ChangeHeaders, changeIn, sendAnswer } from './mutation.ts';
import { ContactParams } from './schemas.ts';

/** `POST /api/v1/contacts/{id}/restore`: takes a delete back, whoever made it. */
export const restoreContactRoute = async (app: App, { edit }: { edit: EditContact }): Promise<void> => {
  app.post(
    '/:id/restore',
    {
      config: { permission: 'contacts:write' },
      schema: {
        description: 'Takes a delete back.',
        params: ContactParams,
        headers: ChangeHeaders,
        response: { 200: Contact },
      },
    },
    async (request, reply) =>
      sendAnswer(reply, await restoreOne(edit, changeIn(request, request.params.id, '/restore'))),
  );
};
