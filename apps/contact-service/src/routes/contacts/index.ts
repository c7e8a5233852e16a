import type { CompiledMapping } from '@contact-sync/field-mapper';
import type { App } from '@contact-sync/service-kit';
import { normalizeInput } from '../../domain/normalize-input.ts';
import type { ContactReader } from '../../ports.ts';
import { createEditContact, type EditContact, type EditorPorts } from '../../use-cases/edit-contact.ts';
import { idInLowerCase } from './contact-id.ts';
import { createContactRoute } from './create-contact.ts';
import { deleteContactRoute } from './delete-contact.ts';
import { getAcmeRoute } from './get-acme.ts';
import { getContactRoute } from './get-contact.ts';
import { getHistoryRoute } from './get-history.ts';
import { listContactsRoute } from './list-contacts.ts';
import { patchContactRoute } from './patch-contact.ts';
import { replaceContactRoute } from './replace-contact.ts';
import { restoreContactRoute } from './restore-contact.ts';

/** The routes that take a contact: what people and programs write comes to them in one spelling. */
const writeRoutes = async (
  app: App,
  { edit, defaultCountry }: { edit: EditContact; defaultCountry: string },
): Promise<void> => {
  app.addHook('preValidation', (request, _reply, done) => {
    const writing = request.method === 'PATCH' ? 'patch' : 'whole';
    request.body = normalizeInput(request.body, writing, defaultCountry);
    done();
  });
  for (const route of [
    createContactRoute,
    replaceContactRoute,
    patchContactRoute,
    deleteContactRoute,
    restoreContactRoute,
  ]) {
    await app.register(route, { edit });
  }
};

/** `/api/v1/contacts` (design section 4). */
export const contactRoutes = async (
  app: App,
  { ports, reader }: { ports: EditorPorts & { readonly mapping: CompiledMapping }; reader: ContactReader },
): Promise<void> => {
  const { store } = ports;
  const edit = createEditContact(ports);
  app.addHook('preValidation', idInLowerCase);
  await app.register(listContactsRoute, { store });
  await app.register(getContactRoute, { reader });
  await app.register(getHistoryRoute, { store });
  await app.register(getAcmeRoute, { store });
  await app.register(writeRoutes, { edit, defaultCountry: ports.mapping.definition.defaultCountry });
};
