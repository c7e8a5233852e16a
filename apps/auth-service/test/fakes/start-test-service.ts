import { generateKeyPairSync } from 'node:crypto';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { createApp } from '../../src/app.ts';
import { readSettings } from '../../src/config.ts';
import { connectDependencies } from '../../src/dependencies.ts';

export const admin = { email: 'Admin@Example.com', password: 'correct horse battery' };

/** A machine that may follow the feed. */
export const follower = { id: 'follower', secret: 'f'.repeat(32) };

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
};

/** The same for all copies of a test. */
const signingKeys = JSON.stringify({ keys: [newKey('a')] });

/** A copy of the service on a Redis, asked by `inject`. Its Redis may be away. */
export const startTestService = async (redisUrl: string, more: Record<string, string> = {}) => {
  const settings = readSettings({
    REDIS_URL: redisUrl,
    SIGNING_KEYS: signingKeys,
    BOOTSTRAP_CLIENTS: JSON.stringify([
      { ...follower, audiences: ['auth-service'], scopes: ['revocations:read'] },
    ]),
    BOOTSTRAP_ADMIN_EMAIL: admin.email,
    BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    ...more,
  });
  const logger = createLogger({ service: 'auth-service', level: 'silent' });
  const plugins = [checkedAnswers];
  const context = { logger, metrics: createMetrics('auth-service'), onFatal: () => undefined, plugins };
  const dependencies = await connectDependencies(settings, context);
  const app = await createApp(dependencies, settings, context);
  const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/api/v1/auth/${path}`, payload, headers });
  return {
    app,
    dependencies,
    post,
    logIn: async () => {
      const answer = await post('login', { ...admin, email: admin.email.toLowerCase() });
      const { code, ...tokens } = answer.json();
      return { status: answer.statusCode, code, tokens, headers: answer.headers };
    },
    ready: async () => {
      for (const { check } of Object.values(dependencies.checks)) await check();
    },
    close: async () => {
      await app.close();
      await dependencies.close();
    },
  };
};

export type TestService = Awaited<ReturnType<typeof startTestService>>;
