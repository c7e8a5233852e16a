import { listAuditEntries } from './routes/api/v1/audit/list-audit-entries.ts';
import { changePassword } from './routes/api/v1/auth/change-password.ts';
import { getMe } from './routes/api/v1/auth/get-me.ts';
import { logIn } from './routes/api/v1/auth/log-in.ts';
import { logOut } from './routes/api/v1/auth/log-out.ts';
import { refreshSession } from './routes/api/v1/auth/refresh-session.ts';
import { endSessions } from './routes/api/v1/auth/sessions/end-sessions.ts';
import { endSession } from './routes/api/v1/auth/sessions/id/end-session.ts';
import { listSessions } from './routes/api/v1/auth/sessions/list-sessions.ts';
import { createMachineClient } from './routes/api/v1/clients/create-machine-client.ts';
import { changeMachineClient } from './routes/api/v1/clients/id/change-machine-client.ts';
import { deleteMachineClient } from './routes/api/v1/clients/id/delete-machine-client.ts';
import { getMachineClient } from './routes/api/v1/clients/id/get-machine-client.ts';
import { rotateClientSecret } from './routes/api/v1/clients/id/rotate-client-secret.ts';
import { listMachineClients } from './routes/api/v1/clients/list-machine-clients.ts';
import { createContact } from './routes/api/v1/contacts/create-contact.ts';
import { deleteContact } from './routes/api/v1/contacts/id/delete-contact.ts';
import { getAcmeRecord } from './routes/api/v1/contacts/id/get-acme-record.ts';
import { getContact } from './routes/api/v1/contacts/id/get-contact.ts';
import { getHistory } from './routes/api/v1/contacts/id/get-history.ts';
import { patchContact } from './routes/api/v1/contacts/id/patch-contact.ts';
import { replaceContact } from './routes/api/v1/contacts/id/replace-contact.ts';
import { restoreContact } from './routes/api/v1/contacts/id/restore-contact.ts';
import { listContacts } from './routes/api/v1/contacts/list-contacts.ts';
import { getMapping } from './routes/api/v1/mappings/get-mapping.ts';
import { previewMapping } from './routes/api/v1/mappings/preview-mapping.ts';
import { getRun } from './routes/api/v1/simulator/runs/get-run.ts';
import { startRun } from './routes/api/v1/simulator/runs/start-run.ts';
import { createUser } from './routes/api/v1/users/create-user.ts';
import { changeUser } from './routes/api/v1/users/id/change-user.ts';
import { deleteUser } from './routes/api/v1/users/id/delete-user.ts';
import { getUser } from './routes/api/v1/users/id/get-user.ts';
import { listUsers } from './routes/api/v1/users/list-users.ts';
import { health } from './routes/health.ts';
import { applyEvents } from './routes/internal/contacts/apply-events.ts';
import { findReceipts } from './routes/internal/events/find-receipts.ts';
import { getReceipts } from './routes/internal/events/get-receipts.ts';
import { followRevocations } from './routes/internal/revocations/follow-revocations.ts';
import { requestToken } from './routes/oauth2/request-token.ts';
import { getOpenApi } from './routes/open-api.ts';
import { receiveWebhook } from './routes/webhooks/receive-webhook.ts';
import { getJwks } from './routes/well-known/get-jwks.ts';

/** Routes by what they are about, in the order in which documents tell of them. */
export const contactRoutes = {
  listContacts,
  createContact,
  getContact,
  replaceContact,
  patchContact,
  deleteContact,
  restoreContact,
  getHistory,
  getAcmeRecord,
} as const;

export const mappingRoutes = { getMapping, previewMapping } as const;

export const sessionRoutes = {
  logIn,
  refreshSession,
  logOut,
  getMe,
  listSessions,
  endSessions,
  endSession,
  changePassword,
} as const;

export const userRoutes = { listUsers, createUser, getUser, changeUser, deleteUser } as const;

export const clientRoutes = {
  listMachineClients,
  createMachineClient,
  getMachineClient,
  changeMachineClient,
  rotateClientSecret,
  deleteMachineClient,
} as const;

export const auditRoutes = { listAuditEntries } as const;

export const machineRoutes = { requestToken, getJwks } as const;

export const simulatorRoutes = { startRun, getRun } as const;

export const gatewayRoutes = { health, getOpenApi } as const;

export const webhookRoutes = { receiveWebhook } as const;

export const applyRoutes = { applyEvents } as const;

export const receiptRoutes = { getReceipts, findReceipts } as const;

export const revocationRoutes = { followRevocations } as const;

export const internalRoutes = { ...applyRoutes, ...receiptRoutes, ...revocationRoutes } as const;

/** Every route that the gateway lets through, and its own. */
export const publicRoutes = {
  ...gatewayRoutes,
  ...sessionRoutes,
  ...userRoutes,
  ...clientRoutes,
  ...auditRoutes,
  ...machineRoutes,
  ...contactRoutes,
  ...mappingRoutes,
  ...simulatorRoutes,
} as const;
