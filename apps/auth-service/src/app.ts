import { accessPlugin } from '@contact-sync/access';
import { type App, createServer, type ServerContext } from '@contact-sync/service-kit';
import type { Settings } from './config.ts';
import type { Dependencies } from './dependencies.ts';
import { authRoutes } from './routes/auth/index.ts';
import { jwksRoute } from './routes/jwks.ts';
import { oauth2Routes } from './routes/oauth2/index.ts';
import { createDescribePrincipal } from './use-cases/describe-principal.ts';
import { createGrantMachineToken } from './use-cases/grant-machine-token.ts';
import { createIssueToken } from './use-cases/issue-token.ts';
import { createLogIn } from './use-cases/log-in.ts';

const BODY_LIMIT_BYTES = 16_384;

/** The HTTP face of auth-service. */
export const createApp = async (
  dependencies: Dependencies,
  settings: Pick<Settings, 'TOKEN_ISSUER' | 'ACCESS_TOKEN_TTL_SECONDS'>,
  context: ServerContext,
): Promise<App> => {
  const { TOKEN_ISSUER: issuer, ACCESS_TOKEN_TTL_SECONDS: ttlSeconds } = settings;
  const { keys, publishedKeys, users } = dependencies;
  const issueToken = createIssueToken(dependencies, { issuer, ttlSeconds });
  const app = await createServer({ ...context, bodyLimit: BODY_LIMIT_BYTES });
  await app.register(accessPlugin, { keys, issuer, internalAudience: 'auth-service' });
  await app.register(jwksRoute, { publishedKeys });
  await app.register(authRoutes, {
    prefix: '/api/v1/auth',
    logIn: createLogIn({ ...dependencies, issueToken }),
    describePrincipal: createDescribePrincipal(users),
  });
  await app.register(oauth2Routes, {
    prefix: '/oauth2',
    grantMachineToken: createGrantMachineToken({ ...dependencies, issueToken }),
  });
  return app;
};
