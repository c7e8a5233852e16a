import { accessPlugin } from '@contact-sync/access';
import { machineRoutes, sessionRoutes } from '@contact-sync/api-contracts';
import { type App, createServer, type ServerContext, serveRoutes } from '@contact-sync/service-kit';
import type { Settings } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { sessionHandlers, sessionHooks } from './routes/auth/sessions.ts';
import { machineHandlers, machineHooks } from './routes/oauth2/machines.ts';
import { createDescribePrincipal } from './use-cases/describe-principal.ts';
import { createGrantMachineToken } from './use-cases/grant-machine-token.ts';
import { createIssueToken } from './use-cases/issue-token.ts';
import { createLogIn } from './use-cases/log-in.ts';

/** The HTTP face of auth-service. */
export const createApp = async (
  dependencies: Dependencies,
  settings: Pick<Settings, 'TOKEN_ISSUER' | 'ACCESS_TOKEN_TTL_SECONDS'>,
  context: ServerContext,
): Promise<App> => {
  const { TOKEN_ISSUER: issuer, ACCESS_TOKEN_TTL_SECONDS: ttlSeconds } = settings;
  const { keys, publishedKeys, users } = dependencies;
  const issueToken = createIssueToken(dependencies, { issuer, ttlSeconds });
  const app = await createServer(context);
  await app.register(accessPlugin, { keys, issuer, internalAudience: 'auth-service' });
  const logIn = createLogIn({ ...dependencies, issueToken });
  const grantMachineToken = createGrantMachineToken({ ...dependencies, issueToken });
  const sessions = sessionHandlers(logIn, createDescribePrincipal(users));
  await serveRoutes(app, sessionRoutes, sessions, sessionHooks);
  const machines = machineHandlers(grantMachineToken, publishedKeys);
  await serveRoutes(app, machineRoutes, machines, machineHooks);
  return app;
};
