import { createRequire } from 'node:module';

type RequestQueue = {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  scheduleCheckPendingRequests(): void;
};

const fixed = Symbol.for('contact-sync.request-queue-fixed');

/**
 * Keeps kafkajs 2.2.4 from re-arming a timer for ever on an idle connection: its queue schedules the next look at
 * pending requests also when there are none, with a delay that is negative: a TimeoutNegativeWarning, and a thousand
 * wake-ups a second on each connection, which is two fifths of an idle consumer's CPU. Requests that do wait, or a broker's throttling, are scheduled as before. Idempotent.
 */
export const fixRequestQueue = (): void => {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueue & { [fixed]?: true };
  };
  if (prototype[fixed]) return;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
  prototype[fixed] = true;
};
