import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from '@contact-sync/launcher/repository.ts';

/** Settings of Redis by their names. */
export type Encodings = Readonly<Record<string, string>>;

/** What Redis 6.2 does by itself. */
export const defaultEncodings: Encodings = {
  'hash-max-ziplist-entries': '512',
  'hash-max-ziplist-value': '64',
};

/** The encodings of the redis.conf that is shipped. */
export const shippedEncodings = async (): Promise<Encodings> => {
  const text = await readFile(join(REPOSITORY, 'infra/redis/redis.conf'), 'utf8');
  const settings = text.matchAll(/^(\w+-max-[\w-]+) +(\S+)$/gm);
  return Object.fromEntries([...settings].map(([, name = '', value = '']) => [name, value]));
};
