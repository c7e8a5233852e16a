import { accessPlugin, type Revocations } from '@contact-sync/access';
import {
  auditRoutes,
  clientRoutes,
  machineRoutes,
  revocationRoutes,
  sessionRoutes,
  userRoutes,
} from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Settings } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { auditHandlers } from './routes/audit.ts';
import { sessionHandlers, sessionHooks } from './routes/auth/sessions.ts';
import { clientHandlers } from './routes/clients.ts';
import { machineHandlers, machineHooks } from './routes/oauth2/machines.ts';
import { revocationHandlers } from './routes/revocations.ts';
import { revokedPrincipals } from './routes/revoked-principals.ts';
import { userHandlers, userHooks } from './routes/users.ts';
import { createCheckPrincipal } from './use-cases/check-principal.ts';
import { createFollowRevocations } from './use-cases/follow-revocations.ts';
import { createGrantMachineToken } from './use-cases/grant-machine-token.ts';
import { createTokenIssuer } from './use-cases/issue-token.ts';
import { createManageClients } from './use-cases/manage-clients.ts';
import { createManageUsers } from './use-cases/manage-users.ts';
import { createSessionUseCases } from './use-cases/session-use-cases.ts';

/** The settings that decide what is handed out. */
export type AppSettings = Pick<
  Settings,
  'TOKEN_ISSUER' | 'ACCESS_TOKEN_TTL_SECONDS' | 'REFRESH_TOKEN_TTL_SECONDS'
>;

/** How long a request for revocations waits for one, in milliseconds (design section 4). */
const HEARTBEAT_MS = 1_000;

/** Nothing is followed here: the records themselves are asked for each principal. */
const ownRecords: Revocations = { standing: () => 'live', revokes: () => false };

/** The HTTP face of auth-service. */
export const createApp = async (
  dependencies: Dependencies,
  settings: AppSettings,
  context: ServerContext,
): Promise<App> => {
  const { TOKEN_ISSUER: issuer, ACCESS_TOKEN_TTL_SECONDS: ttlSeconds } = settings;
  const { keys, signingKeys, signer } = dependencies;
  const tokens = createTokenIssuer(signer, { issuer, ttlSeconds });
  const ports = { ...dependencies, tokens, draining: context.draining };
  const app = await createServer(context);
  await app.register(accessPlugin, {
    keys,
    revocations: ownRecords,
    issuer,
    internalAudience: 'auth-service',
  });
  await app.register(revokedPrincipals, { checkPrincipal: createCheckPrincipal(ports) });
  const sessions = createSessionUseCases(ports, { refreshTtlSeconds: settings.REFRESH_TOKEN_TTL_SECONDS });
  await serveRoutes(app, sessionRoutes, sessionHandlers(sessions), sessionHooks);
  await serveRoutes(app, userRoutes, userHandlers(createManageUsers(ports)), userHooks);
  await serveRoutes(app, clientRoutes, clientHandlers(createManageClients(ports.clients)));
  await serveRoutes(app, auditRoutes, auditHandlers(ports.trail));
  const machines = machineHandlers(createGrantMachineToken(ports), signingKeys);
  await serveRoutes(app, machineRoutes, machines, machineHooks);
  const followRevocations = createFollowRevocations(ports, { waitMs: HEARTBEAT_MS });
  await serveRoutes(app, revocationRoutes, revocationHandlers(followRevocations));
  return app;
};
