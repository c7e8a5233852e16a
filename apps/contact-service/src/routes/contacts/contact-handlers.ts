import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { ContactReader } from '../../ports.ts';
import { createEditContact, type EditorPorts } from '../../use-cases/edit-contact.ts';
import { deleteOne, patchOne, replaceOne, restoreOne } from '../../use-cases/write-contacts.ts';
import { createContact } from './create-contact.ts';
import { deletedAnswer, editedAnswer } from './edit-answers.ts';
import { changeIn } from './edit-requests.ts';
import { eraseContact } from './erase-contact.ts';
import { getAcmeRecord } from './get-acme-record.ts';
import { getContact } from './get-contact.ts';
import { getHistory } from './get-history.ts';
import { liftErasure } from './lift-erasure.ts';
import { listChanges } from './list-changes.ts';
import { listContacts } from './list-contacts.ts';
import { listGaps } from './list-gaps.ts';

/** `/api/v1/contacts` (design section 4). */
export const contactHandlers = (
  ports: EditorPorts,
  reader: ContactReader,
): RouteHandlers<typeof contactRoutes> => {
  const { store } = ports;
  const edit = createEditContact(ports);
  return {
    listContacts: listContacts(store),
    listChanges: listChanges(store),
    listGaps: listGaps(ports),
    createContact: createContact(edit),
    getContact: getContact(store, reader),
    replaceContact: async (request) => editedAnswer(await replaceOne(edit, changeIn(request), request.body)),
    patchContact: async (request) => editedAnswer(await patchOne(edit, changeIn(request), request.body)),
    deleteContact: async (request) => deletedAnswer(await deleteOne(edit, changeIn(request))),
    restoreContact: async (request) => editedAnswer(await restoreOne(edit, changeIn(request, '/restore'))),
    eraseContact: eraseContact(ports),
    liftErasure: liftErasure(ports),
    getHistory: getHistory(store),
    getAcmeRecord: getAcmeRecord(store),
  };
};
