import { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import { v7 } from 'uuid';
import { idOfKeyedCreate } from '../../domain/idempotency.ts';
import type { EditContact } from '../../use-cases/edit-contact.ts';
import { createOne } from '../../use-cases/write-contacts.ts';
import { contactOf, etagOfAnswer } from './edit-answers.ts';
import { authorOf, claimIn, scopeOf } from './edit-requests.ts';

const { path } = contactRoutes.createContact;

/** A contact born here; with an Idempotency-Key its id is the same at each repeat. */
export const createContact =
  (edit: EditContact): RouteHandler<typeof contactRoutes.createContact> =>
  async (request) => {
    const scope = scopeOf(request, path);
    const id = scope ? idOfKeyedCreate(scope) : v7();
    const asked = { id, by: authorOf(request), ...claimIn(request, path) };
    const answer = await createOne(edit, asked, request.body);
    const headers = { etag: etagOfAnswer(answer), location: `${path}/${id}` };
    return { status: 201, headers, text: contactOf(answer) };
  };
