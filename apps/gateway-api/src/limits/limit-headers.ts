import type { FastifyReply } from 'fastify';
import type { Bucket } from './bucket.ts';

/** What a limit says of a request that it has counted. */
export type Counted = {
  readonly max: number;
  readonly remaining: number;
  readonly isExceeded: boolean;
  /** Until as much can be had again, in milliseconds; 0 while it can. */
  readonly ttl: number;
};

/**
 * Tells the limit and what is left of it (draft-ietf-httpapi-ratelimit-headers-10): `q` a minute, `r` left, and `t`, in
 * seconds, where nothing is.
 */
export const writeLimit = (
  reply: FastifyReply,
  bucket: Bucket,
  { max, remaining, isExceeded, ttl }: Counted,
) => {
  const left = isExceeded ? `0;t=${Math.ceil(Math.max(ttl, 1) / 1_000)}` : remaining;
  reply.header('ratelimit-policy', `"${bucket}";q=${max};w=60`);
  reply.header('ratelimit', `"${bucket}";r=${left}`);
};
