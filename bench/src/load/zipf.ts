/**
 * Draws ranks 0 to `count - 1` by Zipf's law with exponent 1: rank r comes 1/(r + 1) times as often as rank 0. `random`
 * gives uniform numbers in [0, 1).
 */
export const createZipf = (count: number, random: () => number): (() => number) => {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
