import type { App } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { getAcmeRoute } from './get-acme.ts';
import { getContactRoute } from './get-contact.ts';
import { getHistoryRoute } from './get-history.ts';
import { listContactsRoute } from './list-contacts.ts';

/** `/api/v1/contacts` (design section 4). */
export const contactRoutes = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  await app.register(listContactsRoute, { store });
  await app.register(getContactRoute, { store });
  await app.register(getHistoryRoute, { store });
  await app.register(getAcmeRoute, { store });
};
