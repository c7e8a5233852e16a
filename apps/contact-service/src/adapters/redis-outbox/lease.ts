import { defineScript, loadScript, type RedisConnection } from '@contact-sync/redis';

const script = (name: string, keys: number) =>
  defineScript({
    name: `outbox-${name}`,
    lua: loadScript(new URL(`./${name}.lua`, import.meta.url)),
    keys,
    reply: Number,
  });

const leaseScript = script('lease', 2);
const releaseScript = script('release', 1);

export type LeaseOptions = {
  readonly redis: RedisConnection;
  readonly lease: string;
  readonly fence: string;
  readonly owner: string;
  readonly leaseMs: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
};

/** What part of the lease may pass before it is renewed, and also before the next look at it. */
export const leasePart = 1 / 5;

/**
 * The lease as its holder sees it. It is asked for before each round, and only the first time and after a fifth of it
 * is Redis asked; with as much for the wait in a round, three fifths are left for what is sent.
 */
export const createLease = ({ redis, lease, fence, owner, leaseMs, now }: LeaseOptions) => {
  let held: { readonly token: number; readonly renewAt: number } | null = null;
  return {
    take: async (): Promise<number | null> => {
      if (held !== null && now() < held.renewAt) return held.token;
      // Before the trip: in Redis it begins later.
      const renewAt = now() + leaseMs * leasePart;
      const token = await redis.run(leaseScript, { keys: [lease, fence], args: [owner, leaseMs] });
      held = token === 0 ? null : { token, renewAt };
      return held?.token ?? null;
    },
    /** Somebody else has it, whatever we remember. */
    forget: (): void => {
      held = null;
    },
    release: async (): Promise<void> => {
      held = null;
      await redis.run(releaseScript, { keys: [lease], args: [owner] });
    },
  };
};
