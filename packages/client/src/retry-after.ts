// Date.parse takes far more than the one form that a sender must make.
const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} /;

/**
 * Retry-After in milliseconds from `now`, in either form of RFC 9110 section 10.2.3; undefined where it is neither.
 */
export const retryAfterMsOf = (value: string | null | undefined, now: number): number | undefined => {
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1_000;
  return isDate.test(value) ? Math.max(0, Date.parse(value) - now || 0) : undefined;
};
