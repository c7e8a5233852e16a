import { expect, test } from 'vitest';
import { checkReachable, givenAddresses } from './given-addresses.ts';

test('takes each address that is given, and no empty or unwanted one', () => {
  const environment = {
    KAFKA_BROKERS: 'kafka:9092',
    SCHEMA_REGISTRY_URL: ' ',
    REDIS_URL: 'redis://redis:6379',
  };
  expect(givenAddresses(environment, ['kafka', 'registry'])).toEqual({ kafka: 'kafka:9092' });
});

test.concurrent.each([
  [{ redis: 'redis://user:hidden@127.0.0.1:1' }, 'REDIS_URL'],
  [{ kafka: '127.0.0.1:1,127.0.0.1:2' }, 'KAFKA_BROKERS'],
  [{ registry: 'http://127.0.0.1:1/apis/ccompat/v7' }, 'SCHEMA_REGISTRY_URL'],
  [{ redis: 'no address' }, 'REDIS_URL'],
])('names the setting, not the password, when nothing answers at %j', async (given, setting) => {
  const error = await checkReachable(given, 500).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    message: expect.stringContaining(setting),
    remedy: expect.stringContaining(setting),
  });
  expect(String(error)).not.toContain('hidden');
});
