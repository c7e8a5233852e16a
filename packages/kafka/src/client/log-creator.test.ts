import { type LogEntry, logLevel } from 'kafkajs';
import { expect, test } from 'vitest';
import { createLogCreator } from './log-creator.ts';

const write = (level: logLevel, namespace: string, message: string, extra: object = {}) => {
  const lines: { level: string; fields: object; text: string }[] = [];
  const line = (name: string) => (fields: object, text: string) => {
    lines.push({ level: name, fields, text });
  };
  const logger = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  const log = { timestamp: '2026-11-23T07:00:00Z', message, logger: 'kafkajs', ...extra };
  createLogCreator(logger)(logLevel.INFO)({ namespace, level, label: 'X', log } as unknown as LogEntry);
  return lines[0];
};

test('fields come with the text, without what only kafkajs needs', () => {
  expect(
    write(logLevel.WARN, 'ConsumerGroup', 'Consumer group received unsubscribed topics', { groupId: 'g' }),
  ).toEqual({
    level: 'warn',
    fields: { groupId: 'g', component: 'kafkajs ConsumerGroup' },
    text: 'Consumer group received unsubscribed topics',
  });
});

test.each([
  [logLevel.ERROR, 'Connection', 'Connection error: connect ECONNREFUSED', {}],
  [logLevel.ERROR, 'BrokerPool', 'Failed to connect to seed broker, trying another broker from the list', {}],
  [logLevel.ERROR, 'Producer', 'Failed to send messages', { retryCount: 2, retryTime: 400 }],
  [
    logLevel.WARN,
    'Producer',
    'Limiting retries for the idempotent producer may invalidate EoS guarantees',
    {},
  ],
  [logLevel.WARN, 'Runner', 'The group is rebalancing, re-joining', {}],
  [logLevel.ERROR, 'Consumer', 'Crash: KafkaJSNumberOfRetriesExceeded', { retryCount: 5 }],
  [logLevel.INFO, 'Consumer', 'Starting', {}],
])('what is tried again, or told by ourselves, is debug: %s %s %s', (level, namespace, text, extra) => {
  expect(write(level, namespace, text, extra)?.level).toBe('debug');
});

test('any other error stays an error', () => {
  expect(write(logLevel.ERROR, 'Runner', 'Error when calling eachBatch')?.level).toBe('error');
});
