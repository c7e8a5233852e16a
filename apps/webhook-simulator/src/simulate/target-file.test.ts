import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@contact-sync/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTargetFile } from './target-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulate-'));
  await writeFile(join(folder, 'secret'), 'hush\n');
});
afterAll(() => rm(folder, { recursive: true }));

const target = {
  gatewayUrl: 'https://contacts.example.com',
  ingestUrl: 'https://hooks.example.com',
  acmeSecretsFile: 'acme.json',
  clientId: 'qa',
  clientSecretFile: 'secret',
};

const read = async (content: unknown) => {
  const path = join(folder, 'target.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readTargetFile(path);
};

describe('a target file', () => {
  it('names a system, with files that are meant from where it stands', async () => {
    expect(await read(target)).toEqual({
      gatewayUrl: 'https://contacts.example.com',
      ingestUrl: 'https://hooks.example.com',
      acmeSecretsFile: join(folder, 'acme.json'),
      scheme: 'acme',
      clientId: 'qa',
      clientSecret: 'hush',
    });
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a member too few', { ...target, gatewayUrl: undefined }],
    ['a member that nobody knows', { ...target, clientSecret: 'hush' }],
    ['no address', { ...target, ingestUrl: 'hooks' }],
    ['an address that has a port of no number', { ...target, ingestUrl: 'http://hooks.example.com:port' }],
    ['another scheme', { ...target, scheme: 'other' }],
    ['a secret that is not there', { ...target, clientSecretFile: 'nowhere' }],
  ])('with %s is a fault of the settings', async (_, content) => {
    await expect(read(content)).rejects.toThrow(ConfigError);
  });
});
