/** Everybody who may come to a route, in the order of the table's columns. */
export const callers = [
  /** Without a token. */
  'nobody',
  /** An admin's token of which the time is over. */
  'expired',
  /** A good token for another audience. */
  'stranger',
  'viewer',
  'editor',
  'admin',
  /** A machine whose scope is what the route takes; any scope where it takes none. */
  'machine',
  /** A machine with another scope. */
  'other-machine',
  /** One of our services, with a token for the service that answers and the scope that the route takes. */
  'service',
  /** The same, with another scope. */
  'other-service',
] as const;
export type Caller = (typeof callers)[number];

// Requests are valid and their ids are of nothing that there is, so who may is answered 404 where others see 401 or 403.
// `202/409` is either: a run was begun, or one is under way. `requestToken` takes credentials in one way only: in the form
// here, so that any token is one too many.
const table = `
route                   nobody  expired stranger viewer  editor  admin   machine other-machine service other-service
health                  200     200     200      200     200     200     200     200           200     200
getOpenApi              200     200     200      200     200     200     200     200           200     200
logIn                   200     200     200      200     200     200     200     200           200     200
refreshSession          401     401     401      401     401     401     401     401           401     401
logOut                  204     204     204      204     204     204     204     204           204     204
getMe                   401     401     401      200     200     200     200     200           401     401
listSessions            401     401     401      200     200     200     200     200           401     401
endSessions             401     401     401      204     204     204     204     204           401     401
endSession              401     401     401      404     404     404     404     404           401     401
changePassword          401     401     401      400     400     400     400     400           401     401
listUsers               401     401     401      403     403     200     200     403           401     401
createUser              401     401     401      403     403     201/409 201/409 403           401     401
getUser                 401     401     401      403     403     404     404     403           401     401
changeUser              401     401     401      403     403     404     404     403           401     401
deleteUser              401     401     401      403     403     404     404     403           401     401
listMachineClients      401     401     401      403     403     200     200     403           401     401
createMachineClient     401     401     401      403     403     201/409 201/409 403           401     401
getMachineClient        401     401     401      403     403     404     404     403           401     401
changeMachineClient     401     401     401      403     403     404     404     403           401     401
rotateClientSecret      401     401     401      403     403     404     404     403           401     401
deleteMachineClient     401     401     401      403     403     404     404     403           401     401
listAuditEntries        401     401     401      403     403     200     200     403           401     401
requestToken            200     400     400      400     400     400     400     400           400     400
getJwks                 200     200     200      200     200     200     200     200           200     200
listContacts            401     401     401      200     200     200     200     403           401     401
listChanges             401     401     401      200     200     200     200     403           401     401
listGaps                401     401     401      200     200     200     200     403           401     401
createContact           401     401     401      403     201     201     201     403           401     401
getContact              401     401     401      404     404     404     404     403           401     401
replaceContact          401     401     401      403     404     404     404     403           401     401
patchContact            401     401     401      403     404     404     404     403           401     401
deleteContact           401     401     401      403     404     404     404     403           401     401
restoreContact          401     401     401      403     404     404     404     403           401     401
eraseContact            401     401     401      403     403     200     200     403           401     401
liftErasure             401     401     401      403     403     404     404     403           401     401
getHistory              401     401     401      404     404     404     404     403           401     401
getAcmeRecord           401     401     401      404     404     404     404     403           401     401
getEventFate            401     401     401      404     404     404     404     403           401     401
findEventFate           401     401     401      404     404     404     404     403           401     401
lookUpEventFates        401     401     401      200     200     200     200     403           401     401
listContactEvents       401     401     401      404     404     404     404     403           401     401
listConsumers           401     401     401      403     403     200     200     403           401     401
resumeConsumer          401     401     401      403     403     404     404     403           401     401
getPipeline             401     401     401      200     200     200     200     403           401     401
listDeadLetters         401     401     401      403     403     200     200     403           401     401
listDeadLetterGroups    401     401     401      403     403     200     200     403           401     401
getDeadLetter           401     401     401      403     403     404     404     403           401     401
dryRunDeadLetters       401     401     401      403     403     200     200     403           401     401
discardDeadLetters      401     401     401      403     403     200     200     403           401     401
rebuildDeadLetters      401     401     401      403     403     202     202     403           401     401
listLetterAudit         401     401     401      403     403     200     200     403           401     401
startReplay             401     401     401      403     403     202     202     403           401     401
listReplays             401     401     401      403     403     200     200     403           401     401
getReplay               401     401     401      403     403     404     404     403           401     401
cancelReplay            401     401     401      403     403     404     404     403           401     401
startRewind             401     401     401      403     403     202     202     403           401     401
getRewind               401     401     401      403     403     404     404     403           401     401
cancelRewind            401     401     401      403     403     404     404     403           401     401
startSweep              401     401     401      403     403     202/409 202/409 403           401     401
listSweeps              401     401     401      403     403     200     200     403           401     401
getSweep                401     401     401      403     403     404     404     403           401     401
cancelSweep             401     401     401      403     403     404     404     403           401     401
getMapping              401     401     401      200     200     200     200     403           401     401
getKeptMapping          401     401     401      404     404     404     404     403           401     401
diffMappings            401     401     401      404     404     404     404     403           401     401
listConflicts           401     401     401      200     200     200     200     403           401     401
resolveConflict         401     401     401      403     404     404     404     403           401     401
previewMapping          401     401     401      200     200     200     200     403           401     401
startRun                401     401     401      403     202/409 202/409 202/409 403           401     401
getRun                  401     401     401      404     404     404     404     403           401     401
getSimulatorStatus      401     401     401      200     200     200     200     403           401     401
listScenarios           401     401     401      200     200     200     200     403           401     401
listRuns                401     401     401      200     200     200     200     403           401     401
stopRun                 401     401     401      403     404     404     404     403           401     401
listDeliveries          401     401     401      200     200     200     200     403           401     401
sendDelivery            401     401     401      403     200     200     200     403           401     401
getDelivery             401     401     401      404     404     404     404     403           401     401
redeliver               401     401     401      403     404     404     404     403           401     401
watchSimulator          401     401     401      200     200     200     200     403           401     401
getAcmeConduct          401     401     401      200     200     200     200     403           401     401
setAcmeConduct          401     401     401      403     204     204     204     403           401     401
receiveWebhook          200/202 200/202 200/202  200/202 200/202 200/202 200/202 200/202       200/202 200/202
applyEvents             401     401     401      401     401     401     401     401           200     403
liftContacts            401     401     401      401     401     401     401     401           200     403
planWriteBacks          401     401     401      401     401     401     401     401           200     403
settleWriteBacks        401     401     401      401     401     401     401     401           200     403
getMirrorVersions       401     401     401      401     401     401     401     401           200     403
listMirrors             401     401     401      401     401     401     401     401           200     403
listBornHere            401     401     401      401     401     401     401     401           200     403
getSourceEvents         401     401     401      401     401     401     401     401           404     403
getReceipts             401     401     401      401     401     401     401     401           404     403
findReceipts            401     401     401      401     401     401     401     401           404     403
replayDelivery          401     401     401      401     401     401     401     401           200     403
followRevocations       401     401     401      401     401     401     401     401           200     403
lookUpReceipts          401     401     401      401     401     401     401     401           200     403
`;

const [heading = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

/** What each route answers each caller: the statuses of which any one is right, by the route's name. */
export const expectations: Readonly<Record<string, Readonly<Record<Caller, readonly number[]>>>> =
  Object.fromEntries(
    rows.map(([name = '', ...cells]) => [
      name,
      Object.fromEntries(
        cells.map((cell, column) => [heading[column + 1], cell.split('/').map(Number)]),
      ) as Record<Caller, number[]>,
    ]),
  );
