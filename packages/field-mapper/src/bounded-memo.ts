/**
 * Remembers what a pure function gave for the last texts, in two generations: when the young one is full it becomes
 * the old one. Holds at most twice `size` entries; a hit costs one look-up, no bookkeeping.
 */
export const boundedMemo = <Value extends object | string | null>(
  compute: (text: string) => Value,
  size: number,
): ((text: string) => Value) => {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return (text) => {
    const hit = young.get(text);
    if (hit !== undefined) return hit;
    const aged = old.get(text);
    const value = aged === undefined ? compute(text) : aged;
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(text, value);
    return value;
  };
};
