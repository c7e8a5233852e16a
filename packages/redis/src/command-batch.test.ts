import { type AddressInfo, createServer, type Socket } from 'node:net';
import { eventually } from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { CommandParts } from './command-batch.ts';
import { createRedis, defineScript } from './index.ts';
import { ReplyParser } from './reply-parser.ts';

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/** What a server answers to ECHO's text; `hold` and `cut` are no answers. */
const answers: Readonly<Record<string, string>> = {
  refuse: '-ERR refused on purpose\r\n',
  demoted: '-READONLY no longer\r\n',
  nothing: '$-1\r\n',
};

/** A server that knows ECHO, and lets a test hold its answers back or cut the connection amid them. */
const openServer = async () => {
  const sockets: Socket[] = [];
  const held: string[] = [];
  const commands: string[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let isHolding = false;
    const answer = (reply: string): void => {
      if (isHolding) held.push(reply);
      else socket.write(reply);
    };
    const parser = new ReplyParser({
      onErrorReply: () => undefined,
      onReply: (parts) => {
        const [name = '', text = ''] = (parts as Buffer[]).map(String);
        commands.push(name);
        if (name.toLowerCase() === 'info') answer(bulk('redis_version:7.0.0\r\nrole:master'));
        else if (name.toLowerCase() !== 'echo') answer('+OK\r\n');
        else if (text === 'cut') socket.destroy();
        else if (text === 'hold') isHolding = true;
        else answer(answers[text] ?? bulk(text));
        if (text === 'hold') held.push(bulk(text));
      },
    });
    socket.on('data', (chunk) => parser.write(chunk)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `redis://127.0.0.1:${port}`,
    commands,
    held,
    release: (): void => {
      sockets.at(-1)?.write(held.splice(0).join(''));
    },
  };
};

const logger = { info: () => undefined, warn: () => undefined };

const connectTo = async (url: string, options: { commandTimeoutMs?: number } = {}) => {
  const redis = createRedis({ url, clientName: 'test', logger, ...options });
  onTestFinished(() => redis.close());
  redis.connect();
  expect(await redis.waitUntilReady(5_000)).toBe(true);
  return redis;
};

const echo = (...texts: readonly string[]): CommandParts[] => texts.map((text) => ['echo', text]);

const texts = (replies: readonly unknown[]): string[] => replies.map(String);

test('gives replies in order, between commands that are sent one by one', async () => {
  const redis = await connectTo((await openServer()).url);
  const [before, many, after] = await Promise.all([
    redis.client.echo('before'),
    redis.together(echo('a', 'ä', 'nothing', '')),
    redis.client.echo('after'),
  ]);
  expect([before, texts(many), after]).toEqual(['before', ['a', 'ä', 'null', ''], 'after']);
  expect(await redis.together([])).toEqual([]);
});

test('throws the first error once all have been answered, and leaves nobody the reply of another', async () => {
  const redis = await connectTo((await openServer()).url);
  const [many, after] = await Promise.allSettled([
    redis.together(echo('a', 'refuse', 'b', 'refuse')),
    redis.client.echo('after'),
  ]);
  expect(many).toMatchObject({ reason: { code: 'INTERNAL', internal: expect.stringContaining('echo was') } });
  expect(after).toMatchObject({ value: 'after' });
});

test('a connection that is lost amid the replies fails those that had none', async () => {
  const server = await openServer();
  const redis = await connectTo(server.url);
  const script = defineScript({ name: 's', lua: 'x', keys: 0, reply: String });
  await expect(redis.together(echo('a', 'cut', 'b'))).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
  });
  await eventually(() => redis.isReady());
  const outcomes = await redis.runMany(script, [{ keys: [], args: [] }]);
  expect(outcomes).toEqual([{ ok: true, value: 'OK' }]);
});

test('replies that come after the time-out are counted, so the next command gets its own', async () => {
  const server = await openServer();
  const redis = await connectTo(server.url, { commandTimeoutMs: 1_000 });
  await expect(redis.together(echo('a', 'hold', 'b', 'c'))).rejects.toMatchObject({
    internal: expect.stringContaining('timed out'),
  });
  expect(server.held).toHaveLength(3);
  const next = redis.together(echo('d', 'e'));
  await eventually(() => server.held.length === 5);
  server.release();
  expect(texts(await next)).toEqual(['d', 'e']);
});

test('a server that was demoted amid the commands is left, and none of them hangs', async () => {
  const server = await openServer();
  const redis = await connectTo(server.url);
  await expect(redis.together(echo('a', 'demoted', 'b'))).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
  });
  await eventually(async () => expect(texts(await redis.together(echo('back')))).toEqual(['back']));
});

test('nothing is queued for a server that is away', async () => {
  const redis = createRedis({ url: 'redis://127.0.0.1:1', clientName: 'test', logger });
  onTestFinished(() => redis.close());
  redis.connect();
  await expect(redis.together(echo('a', 'b'))).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
});
