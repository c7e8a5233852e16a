import type { Letter } from './letter.ts';

type Standing = Pick<Letter, 'at' | 'place'>;

/**
 * Whether a letter stands where the other does or was written after it: by offset in one partition, else by the broker's
 * time.
 */
export const isSamePlaceOrLater = (one: Standing, other: Standing): boolean => {
  const sharesPartition =
    one.place.topic === other.place.topic && one.place.partition === other.place.partition;
  if (sharesPartition) return BigInt(one.place.offset) >= BigInt(other.place.offset);
  if (one.at !== other.at) return one.at > other.at;
  return `${one.place.topic} ${one.place.partition}` > `${other.place.topic} ${other.place.partition}`;
};
