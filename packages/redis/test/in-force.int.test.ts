import { testEnvironment } from '@contact-sync/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReplyParser } from '../src/reply-parser.ts';
import { openReady } from './connections.ts';

test('a running client reads its replies by our parser', async () => {
  const write = vi.spyOn(ReplyParser.prototype, 'write');
  onTestFinished(() => write.mockRestore());
  const { redis } = await openReady(testEnvironment().REDIS_URL);
  expect(await redis.use((client) => client.echo('read by whom?'))).toBe('read by whom?');
  const read = Buffer.concat(write.mock.calls.map(([chunk]) => chunk)).toString();
  expect(read).toContain('$13\r\nread by whom?\r\n');
});
