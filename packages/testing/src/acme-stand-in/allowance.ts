/** Says for each request whether it is within so many a second; all are without a rate. */
export const createAllowance = (ratePerSecond = Number.POSITIVE_INFINITY): (() => boolean) => {
  let tokens = ratePerSecond;
  let at = performance.now();
  return () => {
    if (ratePerSecond === Number.POSITIVE_INFINITY) return true;
    const now = performance.now();
    tokens = Math.min(ratePerSecond, tokens + ((now - at) * ratePerSecond) / 1_000);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
