import type { LoggedDelivery, Run } from '@contact-sync/api-contracts';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../../session/current.ts';
import type { Reading, Timed } from './live-series.ts';

type Counter = 'sent' | 'accepted' | 'refused';

/** A run as its stream tells of it. */
export type LiveRun = {
  readonly run: Run | undefined;
  readonly readings: Readonly<Record<Counter, readonly Reading[]>>;
  readonly answers: readonly Timed[];
  readonly error: unknown;
};

const KEPT_READINGS = 240;
const KEPT_ANSWERS = 20_000;

const nothing: LiveRun = {
  run: undefined,
  readings: { sent: [], accepted: [], refused: [] },
  answers: [],
  error: undefined,
};

const withRun = (before: LiveRun, run: Run): LiveRun => {
  const at = Date.parse(run.updatedAt);
  const read = (counter: Counter): readonly Reading[] => {
    const kept = before.readings[counter];
    if ((kept.at(-1)?.at ?? 0) >= at) return kept;
    return [...kept, { at, count: run.progress[counter] }].slice(-KEPT_READINGS);
  };
  return {
    ...before,
    run,
    readings: { sent: read('sent'), accepted: read('accepted'), refused: read('refused') },
  };
};

const withDelivery = (before: LiveRun, { attempts }: LoggedDelivery): LiveRun => {
  const last = attempts.at(-1);
  if (last === undefined) return before;
  const answer = { at: Date.parse(last.at) + last.latencyMs, latencyMs: last.latencyMs };
  return { ...before, answers: [...before.answers, answer].slice(-KEPT_ANSWERS) };
};

/** What an event of the stream makes of what is known of a run; events of other runs make nothing. */
export const takeEvent = (
  before: LiveRun,
  id: string,
  { event, data }: { readonly event: string; readonly data: string },
): LiveRun => {
  if (event === 'run') {
    const run = JSON.parse(data) as Run;
    return run.id === id ? withRun(before, run) : before;
  }
  if (event !== 'delivery') return before;
  const delivery = JSON.parse(data) as LoggedDelivery;
  return delivery.runId === id ? withDelivery(before, delivery) : before;
};

/** Follows the simulator's stream for one run, as long as the page is there. */
export const useLiveRun = (id: string): LiveRun => {
  const [live, setLive] = useState(nothing);
  useEffect(() => {
    const ending = new AbortController();
    const read = async () => {
      for await (const event of api.follow.watchSimulator(ending.signal))
        setLive((before) => takeEvent(before, id, event));
    };
    read().catch((error: unknown) => {
      if (!ending.signal.aborted) setLive((before) => ({ ...before, error }));
    });
    return () => ending.abort();
  }, [id]);
  return live;
};
