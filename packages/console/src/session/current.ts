import type { Permission } from '@contact-sync/api-contracts';
import { createClient } from '@contact-sync/client';
import { computed } from '@preact/signals';
import { createSession } from './session.ts';

const baseUrl = location.origin;
/** Who looks at a page would rather be told than wait. */
const retry = { attempts: 2, longestWaitMs: 2_000 };

const open = createClient({ baseUrl, retry });

/** The session of this page. */
export const session = createSession({
  ...open,
  getMe: async (accessToken) =>
    (await createClient({ baseUrl, retry, credentials: { accessToken } }).getMe()).body,
});

/** The gateway's API in the name of whoever is logged in. */
export const api = createClient({ baseUrl, retry, credentials: { tokens: session.tokens } });

const permissions = computed(() => {
  const { value } = session.state;
  return new Set(value.phase === 'out' ? [] : value.account.permissions);
});

/** Whether the account allows it; the services decide it again. */
export const may = (permission: Permission): boolean => permissions.value.has(permission);

/** The id of whoever is logged in. */
export const me = (): string | undefined => {
  const { value } = session.state;
  return value.phase === 'out' ? undefined : value.account.id;
};
