import Fastify, { type FastifyReply } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { sendTogether } from './send-together.ts';

const openApp = async () => {
  const app = Fastify();
  onTestFinished(() => app.close());
  await app.register(sendTogether);
  app.get('/returned', async () => ({ way: 'returned' }));
  app.get('/sent', async (_request, reply) => reply.send({ way: 'sent' }));
  app.get('/sent-before', async (_request, reply) => {
    reply.send({ way: 'sent before' });
    await new Promise<void>((resolve) => reply.raw.once('finish', resolve));
    return reply;
  });
  app.get('/called-back', (_request, reply) => {
    reply.send({ way: 'called back' });
  });
  app.get('/bytes', async (_request, reply) => reply.send(Buffer.from('bytes')));
  app.get('/empty', async (_request, reply) => reply.code(204).send());
  app.get('/failed', async () => {
    throw new Error('on purpose');
  });
  return { app };
};

test.each([
  ['/returned', 200, '{"way":"returned"}'],
  ['/sent', 200, '{"way":"sent"}'],
  ['/sent-before', 200, '{"way":"sent before"}'],
  ['/called-back', 200, '{"way":"called back"}'],
  ['/bytes', 200, 'bytes'],
  ['/empty', 204, ''],
])('%s is answered as without it', async (url, status, body) => {
  const { app } = await openApp();
  const answer = await app.inject(url);
  expect([answer.statusCode, answer.body]).toEqual([status, body]);
});

test('an error is answered too', async () => {
  const { app } = await openApp();
  expect((await app.inject('/failed')).statusCode).toBe(500);
});

test('an answer that cannot be written ends its connection, and nothing else', async () => {
  const { app } = await openApp();
  app.get('/unwritable', async (_request, reply) => reply.header('x-odd', 'a\nb').send({}));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  await expect(fetch(`${url}/unwritable`)).rejects.toThrow();
  expect((await fetch(`${url}/sent`)).status).toBe(200);
});

test('answers that are ready in one turn are written at its end', async () => {
  const app = Fastify();
  onTestFinished(() => app.close());
  await app.register(sendTogether);
  const held: FastifyReply[] = [];
  const both = Promise.withResolvers<void>();
  app.get('/held', (_request, reply) => {
    held.push(reply);
    if (held.length === 2) both.resolve();
  });
  const answers = Promise.all([app.inject('/held'), app.inject('/held')]);
  await both.promise;
  for (const [index, reply] of held.entries()) reply.send({ index });
  const isWritten = () => held.map(({ raw }) => raw.writableEnded);
  expect(isWritten()).toEqual([false, false]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isWritten()).toEqual([true, true]);
  expect((await answers).map(({ body }) => body)).toEqual(['{"index":0}', '{"index":1}']);
});
