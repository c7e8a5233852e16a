const seed = 0x9747b28c;
const mix = 0x5bd1e995;

const block = (hash: number, word: number): number => {
  const mixed = Math.imul(word, mix);
  return Math.imul(hash, mix) ^ Math.imul(mixed ^ (mixed >>> 24), mix);
};

const finish = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 13), mix);
  return mixed ^ (mixed >>> 15);
};

/**
 * MurmurHash2 with the seed of Kafka's own clients, 32 bits with a sign: what decides the partition of a key there and
 * here. Counts in plain integers, where kafkajs makes some ten objects for each four bytes.
 */
export const murmur2 = (key: Uint8Array): number => {
  const whole = key.length & ~3;
  let hash = seed ^ key.length;
  for (let at = 0; at < whole; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [key[at], key[at + 1], key[at + 2], key[at + 3]];
    hash = block(hash, a | (b << 8) | (c << 16) | (d << 24));
  }
  const rest = key.length - whole;
  if (rest === 3) hash ^= (key[whole + 2] ?? 0) << 16;
  if (rest >= 2) hash ^= (key[whole + 1] ?? 0) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ (key[whole] ?? 0), mix);
  return finish(hash);
};
