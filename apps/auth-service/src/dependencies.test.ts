import { generateKeyPairSync } from 'node:crypto';
import { bootQuietly } from '@contact-sync/service-kit/testing';
import { expect, it, onTestFinished, vi } from 'vitest';
import { service } from './service.ts';

const signingKey = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256', use: 'sig' };
};

it('a stop waits for no time-out while Redis is away', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { close } = await bootQuietly(service, {
    REDIS_URL: 'redis://127.0.0.1:1',
    SIGNING_KEYS: JSON.stringify({ keys: [signingKey()] }),
    BOOTSTRAP_CLIENTS: '[]',
  });
  await expect(close()).resolves.toBeUndefined();
});
