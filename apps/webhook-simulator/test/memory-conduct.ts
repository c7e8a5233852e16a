import type { AcmeConduct } from '@contact-sync/api-contracts';
import type { CrmConduct } from '../src/crm-ports.ts';

/** How AcmeCRM behaves, until something else is set. */
export const createMemoryConduct = (): CrmConduct => {
  let conduct: AcmeConduct = {};
  let webhooks = 0;
  return {
    current: async () => conduct,
    set: async (value) => {
      conduct = value;
      webhooks = 0;
    },
    atWebhook: async () => {
      webhooks += 1;
      return { conduct, nth: webhooks };
    },
  };
};
