import { useCallback, useEffect, useState } from 'preact/hooks';

/** What was asked for: `value` is what came last, also while it is asked again or cannot be had. */
export type Loaded<Value> = {
  readonly value: Value | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  readonly reload: () => void;
};

type Told<Value> = { readonly key: string; readonly value?: Value; readonly error?: unknown };

export type LoadOptions = {
  /** Asks again so long after each answer, in milliseconds, while the page is looked at. */
  readonly everyMs?: number;
};

const whenLookedAt = (then: () => void): (() => void) => {
  if (!document.hidden) {
    then();
    return () => undefined;
  }
  document.addEventListener('visibilitychange', then, { once: true });
  return () => document.removeEventListener('visibilitychange', then);
};

/**
 * Loads by a key: asks anew when it changes, drops what comes late, and ends with the component. `load` is what the key
 * stands for.
 */
export const useLoaded = <Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
  { everyMs }: LoadOptions = {},
): Loaded<Value> => {
  const [told, tell] = useState<Told<Value>>({ key });
  const [loading, setLoading] = useState(true);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    setLoading(true);
    load(signal)
      .then(
        (value) => signal.aborted || tell({ key, value }),
        (error: unknown) =>
          signal.aborted || tell((before) => ({ ...(before.key === key ? before : { key }), error })),
      )
      .finally(() => {
        if (signal.aborted) return;
        setLoading(false);
        if (everyMs === undefined) return;
        const timer = setTimeout(() => {
          const leave = whenLookedAt(reload);
          signal.addEventListener('abort', leave, { once: true });
        }, everyMs);
        signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      });
    return () => ending.abort();
  }, [key, round, everyMs]);

  const mine = told.key === key ? told : undefined;
  return { value: mine?.value, error: mine?.error, loading, reload };
};
