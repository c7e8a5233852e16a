import { createAcmeContact } from './routes/acme/v1/contacts/create-acme-contact.ts';
import { deleteAcmeContact } from './routes/acme/v1/contacts/delete-acme-contact.ts';
import { getAcmeContact } from './routes/acme/v1/contacts/get-acme-contact.ts';
import { listAcmeContacts } from './routes/acme/v1/contacts/list-acme-contacts.ts';
import { patchAcmeContact } from './routes/acme/v1/contacts/patch-acme-contact.ts';
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
import { resolveConflict } from './routes/api/v1/conflicts/id/resolve-conflict.ts';
import { listConflicts } from './routes/api/v1/conflicts/list-conflicts.ts';
import { listConsumers } from './routes/api/v1/consumers/list-consumers.ts';
import { resumeConsumer } from './routes/api/v1/consumers/resume-consumer.ts';
import { createContact } from './routes/api/v1/contacts/create-contact.ts';
import { deleteContact } from './routes/api/v1/contacts/id/delete-contact.ts';
import { eraseContact } from './routes/api/v1/contacts/id/erase-contact.ts';
import { getAcmeRecord } from './routes/api/v1/contacts/id/get-acme-record.ts';
import { getContact } from './routes/api/v1/contacts/id/get-contact.ts';
import { getHistory } from './routes/api/v1/contacts/id/get-history.ts';
import { liftErasure } from './routes/api/v1/contacts/id/lift-erasure.ts';
import { listContactEvents } from './routes/api/v1/contacts/id/list-contact-events.ts';
import { patchContact } from './routes/api/v1/contacts/id/patch-contact.ts';
import { replaceContact } from './routes/api/v1/contacts/id/replace-contact.ts';
import { restoreContact } from './routes/api/v1/contacts/id/restore-contact.ts';
import { listChanges } from './routes/api/v1/contacts/list-changes.ts';
import { listContacts } from './routes/api/v1/contacts/list-contacts.ts';
import { listGaps } from './routes/api/v1/contacts/list-gaps.ts';
import { discardDeadLetters } from './routes/api/v1/dead-letters/discard-dead-letters.ts';
import { dryRunDeadLetters } from './routes/api/v1/dead-letters/dry-run-dead-letters.ts';
import { getDeadLetter } from './routes/api/v1/dead-letters/get-dead-letter.ts';
import { listDeadLetterGroups } from './routes/api/v1/dead-letters/list-dead-letter-groups.ts';
import { listDeadLetters } from './routes/api/v1/dead-letters/list-dead-letters.ts';
import { listLetterAudit } from './routes/api/v1/dead-letters/list-letter-audit.ts';
import { rebuildDeadLetters } from './routes/api/v1/dead-letters/rebuild-dead-letters.ts';
import { cancelReplay } from './routes/api/v1/dead-letters/replays/cancel-replay.ts';
import { getReplay } from './routes/api/v1/dead-letters/replays/get-replay.ts';
import { listReplays } from './routes/api/v1/dead-letters/replays/list-replays.ts';
import { startReplay } from './routes/api/v1/dead-letters/replays/start-replay.ts';
import { findEventFate } from './routes/api/v1/events/find-event-fate.ts';
import { getEventFate } from './routes/api/v1/events/get-event-fate.ts';
import { lookUpEventFates } from './routes/api/v1/events/look-up-event-fates.ts';
import { diffMappings } from './routes/api/v1/mappings/diff-mappings.ts';
import { getMapping } from './routes/api/v1/mappings/get-mapping.ts';
import { getKeptMapping } from './routes/api/v1/mappings/id/get-kept-mapping.ts';
import { previewMapping } from './routes/api/v1/mappings/preview-mapping.ts';
import { getPipeline } from './routes/api/v1/pipeline/get-pipeline.ts';
import { cancelRewind } from './routes/api/v1/rewinds/cancel-rewind.ts';
import { getRewind } from './routes/api/v1/rewinds/get-rewind.ts';
import { startRewind } from './routes/api/v1/rewinds/start-rewind.ts';
import { getAcmeConduct } from './routes/api/v1/simulator/acme/get-acme-conduct.ts';
import { setAcmeConduct } from './routes/api/v1/simulator/acme/set-acme-conduct.ts';
import { getDelivery } from './routes/api/v1/simulator/deliveries/get-delivery.ts';
import { listDeliveries } from './routes/api/v1/simulator/deliveries/list-deliveries.ts';
import { redeliver } from './routes/api/v1/simulator/deliveries/redeliver.ts';
import { sendDelivery } from './routes/api/v1/simulator/deliveries/send-delivery.ts';
import { getSimulatorStatus } from './routes/api/v1/simulator/get-simulator-status.ts';
import { listScenarios } from './routes/api/v1/simulator/list-scenarios.ts';
import { getRun } from './routes/api/v1/simulator/runs/get-run.ts';
import { listRuns } from './routes/api/v1/simulator/runs/list-runs.ts';
import { startRun } from './routes/api/v1/simulator/runs/start-run.ts';
import { stopRun } from './routes/api/v1/simulator/runs/stop-run.ts';
import { watchSimulator } from './routes/api/v1/simulator/watch-simulator.ts';
import { cancelSweep } from './routes/api/v1/sweeps/cancel-sweep.ts';
import { getSweep } from './routes/api/v1/sweeps/get-sweep.ts';
import { listSweeps } from './routes/api/v1/sweeps/list-sweeps.ts';
import { startSweep } from './routes/api/v1/sweeps/start-sweep.ts';
import { createUser } from './routes/api/v1/users/create-user.ts';
import { changeUser } from './routes/api/v1/users/id/change-user.ts';
import { deleteUser } from './routes/api/v1/users/id/delete-user.ts';
import { getUser } from './routes/api/v1/users/id/get-user.ts';
import { listUsers } from './routes/api/v1/users/list-users.ts';
import { health } from './routes/health.ts';
import { applyEvents } from './routes/internal/contacts/apply-events.ts';
import { getMirrorVersions } from './routes/internal/contacts/get-mirror-versions.ts';
import { getSourceEvents } from './routes/internal/contacts/get-source-events.ts';
import { liftContacts } from './routes/internal/contacts/lift-contacts.ts';
import { listBornHere } from './routes/internal/contacts/list-born-here.ts';
import { listMirrors } from './routes/internal/contacts/list-mirrors.ts';
import { planWriteBacks } from './routes/internal/contacts/write-back/plan-write-backs.ts';
import { settleWriteBacks } from './routes/internal/contacts/write-back/settle-write-backs.ts';
import { findReceipts } from './routes/internal/events/find-receipts.ts';
import { getReceipts } from './routes/internal/events/get-receipts.ts';
import { lookUpReceipts } from './routes/internal/events/look-up-receipts.ts';
import { replayDelivery } from './routes/internal/replays/replay-delivery.ts';
import { followRevocations } from './routes/internal/revocations/follow-revocations.ts';
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

export const eventRoutes = { getEventFate, findEventFate, lookUpEventFates, listContactEvents } as const;
export const letterRoutes = {
  listDeadLetters,
  listDeadLetterGroups,
  getDeadLetter,
  dryRunDeadLetters,
  discardDeadLetters,
  rebuildDeadLetters,
  listLetterAudit,
  startReplay,
  listReplays,
  getReplay,
  cancelReplay,
} as const;

export const rewindRoutes = { startRewind, getRewind, cancelRewind } as const;

export const sweepRoutes = { startSweep, listSweeps, getSweep, cancelSweep } as const;

export const consumerRoutes = { listConsumers, resumeConsumer } as const;

export const pipelineRoutes = { getPipeline } as const;

export const mappingRoutes = { getMapping, getKeptMapping, diffMappings, previewMapping } as const;

export const conflictRoutes = { listConflicts, resolveConflict } as const;

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

export const simulatorRoutes = {
  getSimulatorStatus,
  listScenarios,
  listRuns,
  startRun,
  getRun,
  stopRun,
  listDeliveries,
  sendDelivery,
  getDelivery,
  redeliver,
  watchSimulator,
  getAcmeConduct,
  setAcmeConduct,
} as const;

export const gatewayRoutes = { health, getOpenApi } as const;

export const webhookRoutes = { receiveWebhook } as const;

/** AcmeCRM's own API, as the simulator serves it in AcmeCRM's stead. */
export const acmeRoutes = {
  listAcmeContacts,
  createAcmeContact,
  getAcmeContact,
  patchAcmeContact,
  deleteAcmeContact,
} as const;

export const applyRoutes = { applyEvents } as const;

export const liftRoutes = { liftContacts } as const;

export const sourceEventRoutes = { getSourceEvents } as const;

export const writeBackRoutes = { planWriteBacks, settleWriteBacks } as const;

export const mirrorRoutes = { getMirrorVersions, listMirrors, listBornHere } as const;

export const receiptRoutes = { getReceipts, findReceipts, lookUpReceipts } as const;

export const deliveryReplayRoutes = { replayDelivery } as const;

export const revocationRoutes = { followRevocations } as const;

export const internalRoutes = {
  ...applyRoutes,
  ...liftRoutes,
  ...sourceEventRoutes,
  ...writeBackRoutes,
  ...mirrorRoutes,
  ...receiptRoutes,
  ...deliveryReplayRoutes,
  ...revocationRoutes,
} as const;

/** Every route that the gateway lets through, and its own. */
export const publicRoutes = {
  ...gatewayRoutes,
  ...sessionRoutes,
  ...userRoutes,
  ...clientRoutes,
  ...auditRoutes,
  ...machineRoutes,
  ...contactRoutes,
  ...eventRoutes,
  ...letterRoutes,
  ...rewindRoutes,
  ...sweepRoutes,
  ...consumerRoutes,
  ...pipelineRoutes,
  ...mappingRoutes,
  ...conflictRoutes,
  ...simulatorRoutes,
} as const;
