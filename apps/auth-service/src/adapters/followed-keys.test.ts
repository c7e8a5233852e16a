import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@contact-sync/service-kit';
import { eventually } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeySet } from '../domain/key-set.ts';
import { readSigningKeys } from '../domain/signing-keys.ts';
import { followKeys } from './followed-keys.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const newKey = (kid: string) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
};
const [old, fresh] = [newKey('old'), newKey('fresh')];
const textOf = (...keys: object[]) => JSON.stringify({ keys });

/** A folder as Kubernetes mounts a secret: the file is a link through a link that is turned. */
const mountedFolder = async (text: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'signing-keys-'));
  closers.push(() => rm(folder, { recursive: true }));
  let version = 0;
  const put = async (content: string) => {
    version += 1;
    const data = join(folder, `..version-${version}`);
    await mkdir(data);
    await writeFile(join(data, 'keys.json'), content);
    await symlink(data, join(folder, '..next'));
    await rename(join(folder, '..next'), join(folder, '..data'));
  };
  await put(text);
  await symlink(join('..data', 'keys.json'), join(folder, 'keys.json'));
  return { file: join(folder, 'keys.json'), put };
};

const setUp = async () => {
  const { file, put } = await mountedFolder(textOf(old));
  const revoked: string[] = [];
  let isAway = false;
  const revocations = {
    revokeKey: async (kid: string) => {
      if (isAway) throw new Error('away');
      revoked.push(kid);
    },
  };
  const logger = createLogger({ service: 'test', level: 'silent' });
  const initial = readSigningKeys(textOf(old)).keys as [KeySet[0]];
  const keys = followKeys({ initial, file, revocations, logger });
  closers.push(keys.close);
  return {
    put,
    look: keys.look,
    revoked,
    lose: (away: boolean) => {
      isAway = away;
    },
    ids: () => keys.get().map(({ publicJwk }) => publicJwk.kid),
  };
};

describe('followKeys', () => {
  it('sees a turned link by itself: two are published, then the new one signs, then the old one is gone', async () => {
    const { put, ids, revoked } = await setUp();
    expect(ids()).toEqual(['old']);
    await put(textOf(old, fresh));
    await eventually(() => expect(ids()).toEqual(['old', 'fresh']));
    await put(textOf(fresh, old));
    await eventually(() => expect(ids()).toEqual(['fresh', 'old']));
    expect(revoked).toEqual([]);
    await put(textOf(fresh));
    await eventually(() => expect(revoked).toEqual(['old']));
    expect(ids()).toEqual(['fresh']);
  });

  it.each([
    ['half of a file', textOf(fresh).slice(0, 40)],
    ['nothing', ''],
    ['no key', textOf()],
    ['another key of a known id', textOf({ ...fresh, kid: 'old' })],
    ['a public half alone', textOf({ ...fresh, d: undefined })],
  ])('keeps its keys where the file holds %s', async (_, text) => {
    const { put, look, ids, revoked } = await setUp();
    await put(text);
    await look();
    expect([ids(), revoked]).toEqual([['old'], []]);
    await put(textOf(fresh, old));
    await look();
    expect(ids()).toEqual(['fresh', 'old']);
  });

  it('uses a withdrawn key no more while the log cannot be written, and writes it once it can', async () => {
    const { put, look, lose, ids, revoked } = await setUp();
    lose(true);
    await put(textOf(fresh));
    await look();
    expect([ids(), revoked]).toEqual([['fresh'], []]);
    lose(false);
    await look();
    await look();
    expect(revoked).toEqual(['old']);
  });
});
