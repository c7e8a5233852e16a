import { Contact, limits } from '@contact-sync/domain';
import { type App, readAsJson } from '@contact-sync/service-kit';
import { ContactPatch } from '../../domain/contact-input.ts';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { patchOne } from '../../use-cases/write-contacts.ts';
import { ChangeHeaders, changeIn, sendAnswer } from './mutation.ts';
import { ContactParams } from './schemas.ts';

/** `PATCH /api/v1/contacts/{id}`: a merge patch (RFC 7396), as `application/merge-patch+json` or plain JSON. */
export const patchContactRoute = async (app: App, { edit }: { edit: EditContact }): Promise<void> => {
  readAsJson(app, 'application/merge-patch+json');
  app.patch(
    '/:id',
    {
      config: { permission: 'contacts:write' },
      bodyLimit: limits.contactBytes,
      schema: {
        description: 'Changes the named fields; null empties one.',
        params: ContactParams,
        headers: ChangeHeaders,
        body: ContactPatch,
        response: { 200: Contact },
      },
    },
    async (request, reply) =>
      sendAnswer(reply, await patchOne(edit, changeIn(request, request.params.id), request.body)),
  );
};
