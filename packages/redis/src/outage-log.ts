import { certificateAdvice } from '@contact-sync/domain';
import type { Redis } from 'ioredis';
import type { RedisLogger } from './logger.ts';

const repeatAfterMs = 10_000;

/**
 * Logs a connection's ups and downs: one line when it comes up, one when it goes, and while it stays away one every ten
 * seconds with the last reason, not one for each attempt. A server that refuses says why before it closes; that is told
 * too, because the close alone ("read ECONNRESET") hides it, and what to do about a certificate. What befalls a connection that we close ourselves is no
 * trouble.
 */
export const logOutages = (
  client: Redis,
  logger: RedisLogger,
  { server, isClosing }: { readonly server: string; readonly isClosing: () => boolean },
): void => {
  let awaySince = performance.now();
  let lastLineAt = Number.NEGATIVE_INFINITY;
  let attempts = 0;
  let refusal: string | undefined;

  client.on('connect', () => {
    refusal = undefined;
    client.stream.once('data', (first: Buffer) => {
      if (first.toString('latin1', 0, 1) === '-') refusal = textOf(first);
    });
  });
  client.on('ready', () => {
    const awayMs = Math.round(performance.now() - awaySince);
    logger.info({ server, awayMs, attempts }, 'redis connection ready');
    attempts = 0;
    lastLineAt = Number.NEGATIVE_INFINITY;
    awaySince = Number.NaN;
  });
  client.on('close', () => {
    if (Number.isNaN(awaySince)) awaySince = performance.now();
  });
  client.on('reconnecting', () => {
    attempts += 1;
  });
  // Without a listener ioredis would print each error to the console.
  client.on('error', (error: Error) => {
    if (isClosing() || performance.now() - lastLineAt < repeatAfterMs) return;
    lastLineAt = performance.now();
    const reason = error.message.slice(0, 200);
    const advice = certificateAdvice(error);
    const more = { ...(refusal && { refusal }), ...(advice && { advice }) };
    logger.warn({ server, attempts, reason, ...more }, 'redis connection trouble');
  });
};

const textOf = (reply: Buffer): string => reply.toString('utf8', 1, 201).split('\r\n', 1)[0] ?? '';
