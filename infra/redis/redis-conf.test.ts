import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const settings = readFileSync(new URL('./redis.conf', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

test('the shipped redis.conf keeps what was answered, and tells of no machine, no user and no password', () => {
  expect(settings).toEqual(expect.arrayContaining(['appendonly yes', 'appendfsync always']));
  const names = settings.map((line) => line.split(' ')[0]);
  for (const name of ['dir', 'bind', 'port', 'aclfile', 'masteruser', 'masterauth', 'tls-key-file'])
    expect(names).not.toContain(name);
});
