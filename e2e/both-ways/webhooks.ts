import { setTimeout as delay } from 'node:timers/promises';
import { type Stage, tell } from './stage.ts';

const lookMs = 20;

/** Sends the webhook of each change of the stand-in from now on, in their order, until it is stopped. */
export const sendWebhooks = (stage: Stage) => {
  const { changes } = stage.acme;
  const stopping = new AbortController();
  let told = changes.length;
  const running = (async () => {
    while (!stopping.signal.aborted) {
      for (const change of changes.slice(told)) {
        const { status } = await tell(stage, change);
        if (status >= 300) throw new Error(`ingest answered ${status}`);
        told += 1;
      }
      await delay(lookMs);
    }
  })();
  return {
    areSent: () => told === changes.length,
    stop: () => {
      stopping.abort();
      return running;
    },
  };
};
