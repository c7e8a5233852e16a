import { manyTokens, workerToken } from '../../harness/access-tokens.ts';
import type { BenchContext } from '../../harness/bench.ts';
import { type Load, startLoad } from '../../harness/load.ts';
import { openStage, type Stage } from '../../harness/stage.ts';
import { openStore, type Store } from './store.ts';

/** Contacts that are read and written, drawn by Zipf. */
export const contactCount = 10_000;
const tokenCount = 1_000;

/** As event-worker sends: so many partitions at once, so many events each. */
export const batches = { connections: 4, eventsPerBatch: 150 };

/** What all of the bench's parts work on. */
export type Setting = {
  readonly stage: Stage;
  readonly cleanUp: AsyncDisposableStack;
  readonly note: (text: string) => void;
  readonly load: Load;
  readonly tokens: readonly string[];
  /** contact-service, and the database of its contacts. */
  readonly url: string;
  readonly store: Store;
};

/** Starts contact-service on an empty store, with what it needs and nothing else. */
export const openSetting = async ({ cleanUp, progress }: BenchContext): Promise<Setting> => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service');
  const store = await openStore(stage.redisUrl, 0, cleanUp);
  await stage.start('contact-service');
  return {
    stage,
    cleanUp,
    note: progress.note,
    load: await startLoad(cleanUp),
    tokens: await manyTokens(stage, tokenCount),
    url: stage.urlOf('contact-service'),
    store,
  };
};

export type Filling = { readonly count: number; readonly seconds: number };

const stepSeconds = 5;

/**
 * Has contact-service apply the creation of so many contacts, by the way that event-worker takes, and tells how many it
 * came to within the time.
 */
export const fill = async (
  { stage, load, note }: Setting,
  target: { readonly url: string; readonly store: Store },
  { count, withinSeconds }: { readonly count: number; readonly withinSeconds: number },
): Promise<Filling> => {
  let [filled, seconds] = [0, 0];
  while (filled < count && seconds < withinSeconds) {
    const token = await workerToken(stage);
    const options = { ...batches, url: target.url, token, contacts: count, seconds: stepSeconds };
    const done = await load.ask('applyBatches', { ...options, upToVersion: 1 });
    filled += done.operations;
    seconds += done.seconds;
    await target.store.trimOutbox();
    note(`${filled} of ${count} contacts, ${Math.round(done.operations / done.seconds)}/s`);
  }
  return { count: filled, seconds };
};
