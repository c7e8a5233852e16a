import { expect, test } from 'vitest';
import { brokerProperties, newClusterId } from './kafka-settings.ts';

test('makes cluster ids that no tool takes for an option', () => {
  const ids = Array.from({ length: 2_000 }, newClusterId);
  expect(ids.filter((id) => !/^\w[\w-]{21}$/.test(id))).toEqual([]);
});

test('listens on loopback only and makes no topic by itself', () => {
  const properties = brokerProperties({ port: 9092, controllerPort: 9093, dataFolder: '/data' });
  expect(properties).toContain('listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093\n');
  expect(properties).toContain('auto.create.topics.enable=false\n');
});
