import { isRole } from '@contact-sync/access';
import {
  createMicroBatch,
  type RedisConnection,
  type ScriptCall,
  type ScriptOutcome,
} from '@contact-sync/redis';
import type { RotationOutcome, Sessions } from '../ports.ts';
import type { authKeys } from './auth-keys.ts';
import { journaledScript } from './journaled-script.ts';

export type RotationLimits = {
  /** How long a session lives unused, in milliseconds. */
  readonly unusedMs: number;
  /** How long a refresh token gives its child again, in milliseconds. */
  readonly graceMs: number;
  /** About how many audit entries are kept. */
  readonly auditEntries: number;
};

type RotationReply =
  | readonly ['refused' | 'reused']
  | readonly ['rotated', child: string, roles: string, epoch: string, expiresInMs: number];

const rotateSession = journaledScript({
  name: 'rotate-session',
  keys: 6,
  reply: (reply) => reply as RotationReply,
});

const toOutcome = (userId: string, reply: RotationReply): RotationOutcome => {
  if (reply[0] !== 'rotated') return { kind: reply[0] };
  const [kind, sealedChild, roles, epoch, expiresInMs] = reply;
  const user = { id: userId, roles: roles.split(' ').filter(isRole), epoch: Number(epoch) };
  return { kind, sealedChild, user, expiresInMs };
};

/** Rotations of one turn of the event loop share a round trip. */
const rotationsTogether = (redis: RedisConnection) => {
  const runAll = createMicroBatch<ScriptCall, ScriptOutcome<RotationReply>>(
    async (calls) => {
      const [first, ...others] = calls;
      // One alone needs no source ahead of it.
      if (first === undefined || others.length > 0) return redis.runMany(rotateSession, calls);
      return [{ ok: true, value: await redis.run(rotateSession, first) }];
    },
    { maxItems: 100, enough: 100 },
  );
  return async (call: ScriptCall): Promise<RotationReply> => {
    const [outcome] = await runAll([call]);
    if (outcome === undefined) throw new RangeError('a rotation has no outcome');
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  };
};

/** Rotates sessions by one script each. */
export const createRotate = (
  redis: RedisConnection,
  keys: ReturnType<typeof authKeys>,
  { unusedMs, graceMs, auditEntries }: RotationLimits,
): Sessions['rotate'] => {
  const runRotation = rotationsTogether(redis);
  return async (rotation) => {
    const { userId, sessionId, tokenHash, childHash, sealedChild, tokenId, accessUntil } = rotation;
    const reply = await runRotation({
      keys: [
        ...[keys.session(sessionId), keys.user(userId), keys.sessionsOf(userId)],
        ...[keys.revocations, keys.ended(sessionId), keys.audit],
      ],
      args: [
        ...[userId, sessionId, tokenHash, childHash, sealedChild, tokenId, accessUntil],
        ...[rotation.userAgent, rotation.address, unusedMs, graceMs],
        ...[auditEntries, JSON.stringify(rotation.reuse)],
      ],
    });
    return toOutcome(userId, reply);
  };
};
