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

test('writes a folder as Java reads it in a file of properties', () => {
  const properties = brokerProperties({ port: 1, controllerPort: 2, dataFolder: '/Daten/Größe \\ 1/𝕏' });
  expect(properties).toContain('log.dirs=/Daten/Gr\\u00f6\\u00dfe \\\\ 1/\\ud835\\udd4f\n');
});
