import type { Expected } from './delivery.ts';

/** How one delivery ended. `uncertain`: an attempt without 2xx may have had its effect all the same. */
export type DeliveryResult =
  | {
      readonly kind: 'accepted';
      readonly attempts: number;
      readonly status: number;
      readonly duplicate: boolean;
      readonly ignored: boolean;
      readonly refusedItems: number;
    }
  | {
      readonly kind: 'refused';
      readonly attempts: number;
      readonly status: number;
      readonly code: string;
      readonly uncertain: boolean;
    }
  | { readonly kind: 'unanswered'; readonly attempts: number };

/** Whether a delivery was answered as it had to be. */
export const isAsExpected = (expected: Expected, result: DeliveryResult): boolean => {
  if (result.kind === 'unanswered') return false;
  if (expected.kind === 'refused')
    return result.kind === 'refused' && result.status === expected.status && result.code === expected.code;
  if (result.kind !== 'accepted') return false;
  if (expected.kind === 'ignored') return result.ignored;
  return !result.ignored && result.refusedItems === (expected.refusedItems ?? 0);
};

const inWords = (result: DeliveryResult): string => {
  if (result.kind === 'unanswered') return 'no answer';
  if (result.kind === 'refused') return `${result.status} ${result.code}`.trimEnd();
  const items = result.refusedItems > 0 ? `, ${result.refusedItems} items refused` : '';
  return `${result.status}${result.ignored ? ' ignored' : ''}${items}`;
};

const wanted = (expected: Expected): string => {
  if (expected.kind === 'refused') return `${expected.status} ${expected.code}`;
  if (expected.kind === 'ignored') return '200 ignored';
  return expected.refusedItems ? `2xx, ${expected.refusedItems} items refused` : '2xx';
};

/** An answer and the one that it had to be, without a value of the delivery. */
export const describeAnswer = (expected: Expected, result: DeliveryResult): string =>
  `${inWords(result)} instead of ${wanted(expected)}`;
