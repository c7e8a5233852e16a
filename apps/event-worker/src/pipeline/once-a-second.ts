const KEPT_MS = 1_000;

/** Asks `read` once for all who ask within a second; a failure is told to those who waited for it and not kept. */
export const onceASecond = <Value>(read: () => Promise<Value>, now: () => number): (() => Promise<Value>) => {
  let kept: { readonly value: Promise<Value>; readonly at: number } | undefined;
  return () => {
    if (kept !== undefined && now() - kept.at < KEPT_MS) return kept.value;
    const asked = { value: read(), at: now() };
    kept = asked;
    asked.value.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.value;
  };
};
