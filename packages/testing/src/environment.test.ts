import { expect, test } from 'vitest';
import { testEnvironment } from './environment.ts';

test('gives the addresses that were given', () => {
  expect(testEnvironment({ REDIS_URL: 'redis://127.0.0.1:1' }).REDIS_URL).toBe('redis://127.0.0.1:1');
});

test('says which address is missing and how to get it, only when it is read', () => {
  const environment = testEnvironment({ REDIS_URL: 'redis://127.0.0.1:1', KAFKA_BROKERS: '' });
  expect(() => environment.KAFKA_BROKERS).toThrow(/^KAFKA_BROKERS is not set.*npm run infra/);
});
