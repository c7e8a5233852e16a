import { accessPlugin, type Revocations } from '@contact-sync/access';
import { machineRoutes, revocationRoutes, sessionRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Settings } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { sessionHandlers, sessionHooks } from './routes/auth/sessions.ts';
import { machineHandlers, machineHooks } from './routes/oauth2/machines.ts';
import { revocationHandlers } from './routes/revocations.ts';
import { revokedPrincipals } from './routes/revoked-principals.ts';
import { createCheckPrincipal } from './use-cases/check-principal.ts';
import { createFollowRevocations } from './use-cases/follow-revocations.ts';
import { createGrantMachineToken } from './use-cases/grant-machine-token.ts';
import { createTokenIssuer } from './use-cases/issue-token.ts';
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
  const { keys, publishedKeys, signer } = dependencies;
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
  const machines = machineHandlers(createGrantMachineToken(ports), publishedKeys);
  await serveRoutes(app, machineRoutes, machines, machineHooks);
  const followRevocations = createFollowRevocations(ports, { waitMs: HEARTBEAT_MS });
  await serveRoutes(app, revocationRoutes, revocationHandlers(followRevocations));
  return app;
};
