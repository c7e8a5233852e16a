import type { RedisConnection } from '@contact-sync/redis';
import { createTrackingPair } from './tracking-pair.ts';

export type TrackingOptions = {
  /** The connection that reads. */
  readonly redis: RedisConnection;
  /** Of the keys whose changes are wanted. */
  readonly keyPrefix: string;
  /** These keys have changed. */
  readonly onChanged: (keys: readonly string[]) => void;
  /** Changes may have been missed: nothing that was read before counts. */
  readonly onDoubt: () => void;
};

export type Tracking = {
  /** Whether every change of up to 750 ms ago is known to have been told. */
  readonly isArmed: () => boolean;
  readonly close: () => void;
};

const askEveryMs = 250;
const answerWithinMs = 500;

/** An answer proves what the server had told when it was asked, not when it answered. */
const provenForMs = askEveryMs + answerWithinMs;

/**
 * Hears of changed keys by Redis client tracking (design section 5). A frozen or dropped connection gives no other sign,
 * so both of the pair are asked every 250 ms; no answer in 500 ms, or a reconnect of either or of the connection that
 * reads, is doubt, until tracking is armed anew.
 */
export const createTracking = ({ redis, keyPrefix, onChanged, onDoubt }: TrackingOptions): Tracking => {
  const pair = createTrackingPair(redis, answerWithinMs, (keys) =>
    keys === null ? onDoubt() : onChanged(keys),
  );
  /** Counts doubts: what was begun before one proves nothing after it. */
  let era = 0;
  let isArming = false;
  let provenAt: number | null = null;

  const doubt = (): void => {
    era += 1;
    provenAt = null;
    onDoubt();
  };
  const startOver = (): void => {
    doubt();
    pair.renew();
  };

  const prove = async (): Promise<void> => {
    const askedAt = performance.now();
    const [begun, isArmedAlready] = [era, provenAt !== null];
    try {
      await (isArmedAlready ? pair.ask() : pair.switchOn(keyPrefix));
      if (begun !== era) return;
      // What was read before tracking was on may have changed unheard.
      if (!isArmedAlready) onDoubt();
      provenAt = askedAt;
    } catch {
      if (begun === era) startOver();
    }
  };

  const check = async (): Promise<void> => {
    if (isArming || !pair.isReady()) return;
    const arms = provenAt === null;
    if (arms) isArming = true;
    await prove();
    if (arms) isArming = false;
  };

  pair.on('close', doubt);
  pair.on('ready', check);
  // Reads may come from another server from now on, whose changes these two would not hear.
  redis.client.on('close', startOver);
  const timer = setInterval(check, askEveryMs);
  return {
    isArmed: () => provenAt !== null && performance.now() - provenAt <= provenForMs,
    close: () => clearInterval(timer),
  };
};
