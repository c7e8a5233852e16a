/** The items in pieces of `size`, the last of which may have fewer, in their order. */
export function* chunksOf<Item>(items: readonly Item[], size: number): Generator<Item[], void> {
  if (!(size >= 1)) throw new RangeError('a piece holds one item or more');
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
