import { createHash } from 'node:crypto';
import { defineScript, openRedis } from '@contact-sync/redis';
import { hash, verify } from '@node-rs/argon2';
import fastify from 'fastify';
import type { Work } from '../harness/turn.ts';

/** The least that a rotation has to do in the store: look at a session, write it, keep it alive. */
const touch = defineScript({
  name: 'touch',
  lua: `local last = redis.call('HMGET', KEYS[1], 'token', 'endsAt')
redis.call('HSET', KEYS[1], 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[1], 60000)
return last[1] or ''`,
  keys: 1,
  reply: () => undefined,
});

/** A route that reads a token, runs one EVALSHA and answers as many bytes as a pair of tokens has. */
const oneScript = async ({ redisUrl, answer }: { redisUrl: string; answer: string }): Promise<string> => {
  const redis = await openRedis(redisUrl, { clientName: 'one-script' });
  const app = fastify();
  app.post<{ Body: { refreshToken: string } }>('/refresh', async ({ body }, reply) => {
    const token = createHash('sha256').update(body.refreshToken).digest('base64url');
    await redis.run(touch, { keys: [`bench:{0}:${token}`], args: [token] });
    return reply.type('application/json; charset=utf-8').send(answer);
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
};

// As auth-service hashes.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Checks one password again and again, so many at a time. */
const checkPasswords = async ({
  atOnce,
  seconds,
}: {
  readonly atOnce: number;
  readonly seconds: number;
}): Promise<Work> => {
  const stored = await hash('seventeen purple umbrellas', parameters);
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  let operations = 0;
  const check = async (): Promise<void> => {
    while (elapsed() < seconds) {
      await verify(stored, 'seventeen purple umbrellas');
      operations += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, check));
  return { operations, seconds: elapsed() };
};

export const sessionCeilings = { oneScript, checkPasswords };
