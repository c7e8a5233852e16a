import { getMe } from './routes/api/v1/auth/get-me.ts';
import { logIn } from './routes/api/v1/auth/log-in.ts';
import { createContact } from './routes/api/v1/contacts/create-contact.ts';
import { deleteContact } from './routes/api/v1/contacts/id/delete-contact.ts';
import { eraseContact } from './routes/api/v1/contacts/id/erase-contact.ts';
import { getAcmeRecord } from './routes/api/v1/contacts/id/get-acme-record.ts';
import { getContact } from './routes/api/v1/contacts/id/get-contact.ts';
import { getHistory } from './routes/api/v1/contacts/id/get-history.ts';
import { liftErasure } from './routes/api/v1/contacts/id/lift-erasure.ts';
import { patchContact } from './routes/api/v1/contacts/id/patch-contact.ts';
import { replaceContact } from './routes/api/v1/contacts/id/replace-contact.ts';
import { restoreContact } from './routes/api/v1/contacts/id/restore-contact.ts';
import { listChanges } from './routes/api/v1/contacts/list-changes.ts';
import { listContacts } from './routes/api/v1/contacts/list-contacts.ts';
import { listGaps } from './routes/api/v1/contacts/list-gaps.ts';
import { getMapping } from './routes/api/v1/mappings/get-mapping.ts';
import { previewMapping } from './routes/api/v1/mappings/preview-mapping.ts';
import { getRun } from './routes/api/v1/simulator/runs/get-run.ts';
import { startRun } from './routes/api/v1/simulator/runs/start-run.ts';
import { health } from './routes/health.ts';
import { applyEvents } from './routes/internal/contacts/apply-events.ts';
import { findReceipts } from './routes/internal/events/find-receipts.ts';
import { getReceipts } from './routes/internal/events/get-receipts.ts';
import { requestToken } from './routes/oauth2/request-token.ts';
import { getOpenApi } from './routes/open-api.ts';
import { receiveWebhook } from './routes/webhooks/receive-webhook.ts';
import { getJwks } from './routes/well-known/get-jwks.ts';

/** Routes by what they are about, in the order in which documents tell of them. */
export const contactRoutes = {
  listContacts,
  listChanges,
  listGaps,
  createContact,
  getContact,
  replaceContact,
  patchContact,
  deleteContact,
  restoreContact,
  eraseContact,
  liftErasure,
  getHistory,
  getAcmeRecord,
} as const;

export const mappingRoutes = { getMapping, previewMapping } as const;

export const sessionRoutes = { logIn, getMe } as const;

export const machineRoutes = { requestToken, getJwks } as const;

export const simulatorRoutes = { startRun, getRun } as const;

export const gatewayRoutes = { health, getOpenApi } as const;

export const webhookRoutes = { receiveWebhook } as const;

export const applyRoutes = { applyEvents } as const;

export const receiptRoutes = { getReceipts, findReceipts } as const;

export const internalRoutes = { ...applyRoutes, ...receiptRoutes } as const;

/** Every route that the gateway lets through, and its own. */
export const publicRoutes = {
  ...gatewayRoutes,
  ...sessionRoutes,
  ...machineRoutes,
  ...contactRoutes,
  ...mappingRoutes,
  ...simulatorRoutes,
} as const;
