/** What `work` gives, or the signal's reason as soon as it aborts; the work goes on for whoever else waits for it. */
export const unlessAborted = <Value>(work: Promise<Value>, signal?: AbortSignal): Promise<Value> => {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
};
