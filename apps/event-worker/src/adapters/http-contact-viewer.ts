import { contactRoutes } from '@contact-sync/api-contracts';
import type { HttpClient } from '@contact-sync/service-kit';
import type { ContactViewer } from '../letters/show-letter.ts';

/** contact-service's public route, called with the token of the one who asks: he sees what he may see. */
export const createHttpContactViewer = (http: HttpClient): ContactViewer => ({
  read: async (contactId, authorization) => {
    const path = contactRoutes.getContact.path.replace('{id}', contactId);
    const answer = await http
      .request({ method: 'GET', path, headers: { authorization } })
      .catch(() => undefined);
    if (answer?.status === 404) return null;
    return answer?.status === 200 ? answer.json : undefined;
  },
});
