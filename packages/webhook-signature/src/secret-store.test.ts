import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@contact-sync/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createAcmeVerifier,
  createSecretStore,
  SecretFileError,
  type SecretStoreOptions,
  signAcme,
} from './index.ts';

const now = Date.now();
const body = Buffer.from('{}');
const oldSecret = 'the-old-secret-of-acme';
const newSecret = 'the-new-secret-of-acme';

let folder: string;
let file: string;
const stops: (() => void)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await rm(folder, { recursive: true });
});

const textOf = (...secrets: readonly (readonly [id: string, secret: string])[]) =>
  JSON.stringify({
    secrets: secrets.map(([id, secret]) => ({ id, secret, notBefore: null, notAfter: null })),
  });

const open = async (options: Partial<SecretStoreOptions> = {}) => {
  const onReload = vi.fn();
  const onError = vi.fn();
  const store = await createSecretStore({ file, onReload, onError, pollMs: 60_000, ...options });
  stops.push(store.close);
  const verifier = createAcmeVerifier({ secrets: store });
  const verdict = (secret: string) =>
    verifier.verify({ headers: signAcme({ secret, timestamp: Math.floor(now / 1_000), body }), body, now });
  return { store, onReload, onError, verdict };
};

test('takes a rotated secret while it runs and drops one that left the file', async () => {
  await writeFile(file, textOf(['old', oldSecret]));
  const { verdict, onReload } = await open();
  expect(verdict(newSecret)).toMatchObject({ ok: false });

  await writeFile(file, textOf(['old', oldSecret], ['new', newSecret]));
  await eventually(() => expect(verdict(newSecret)).toMatchObject({ ok: true, secretId: 'new' }));
  expect(verdict(oldSecret)).toMatchObject({ ok: true, secretId: 'old' });
  expect(onReload).toHaveBeenLastCalledWith(['old', 'new']);

  await writeFile(file, textOf(['new', newSecret]));
  await eventually(() => expect(verdict(oldSecret)).toMatchObject({ ok: false }));
});

test('follows a mount whose data folder is swapped by a symbolic link', async () => {
  const mount = join(folder, 'mount');
  for (const [name, text] of [
    ['..1', textOf(['old', oldSecret])],
    ['..2', textOf(['new', newSecret])],
  ] as const) {
    await mkdir(join(mount, name), { recursive: true });
    await writeFile(join(mount, name, 'secrets.json'), text);
  }
  await symlink('..1', join(mount, '..data'));
  await symlink('..data/secrets.json', join(mount, 'secrets.json'));
  const { verdict } = await open({ file: join(mount, 'secrets.json') });
  expect(verdict(oldSecret)).toMatchObject({ ok: true });

  await symlink('..2', join(mount, '..data_tmp'));
  await rename(join(mount, '..data_tmp'), join(mount, '..data'));
  await eventually(() => expect(verdict(newSecret)).toMatchObject({ ok: true }));
});

test('finds a change without any notice when it next reads the file', async () => {
  const elsewhere = join(folder, 'elsewhere');
  await mkdir(elsewhere);
  await writeFile(join(elsewhere, 'real.json'), textOf(['old', oldSecret]));
  await symlink(join(elsewhere, 'real.json'), file);
  const { verdict } = await open({ pollMs: 20 });
  // The watched folder holds the link only, so this change gives it no notice.
  await writeFile(join(elsewhere, 'real.json'), textOf(['new', newSecret]));
  await eventually(() => expect(verdict(newSecret)).toMatchObject({ ok: true }));
});

test('keeps the secrets it has when the new file is broken, and says so once', async () => {
  await writeFile(file, textOf(['old', oldSecret]));
  const { store, verdict, onReload, onError } = await open();

  await writeFile(file, `{"secrets":[{"id":"x","secret":"${newSecret}"`);
  await store.reload();
  await store.reload();
  expect(onError).toHaveBeenCalledOnce();
  expect(String(onError.mock.calls[0]?.[0])).not.toContain(newSecret);
  expect(onReload).not.toHaveBeenCalled();
  expect(verdict(oldSecret)).toMatchObject({ ok: true });
});

test('keeps the secrets it has while the file is gone, and takes the next one', async () => {
  await writeFile(file, textOf(['old', oldSecret]));
  const { store, verdict, onError } = await open();

  await rm(file);
  await store.reload();
  expect(onError.mock.calls[0]?.[0]).toMatchObject({
    faults: [{ pointer: '', detail: 'cannot be read (ENOENT)' }],
  });
  expect(verdict(oldSecret)).toMatchObject({ ok: true });

  await writeFile(file, textOf(['new', newSecret]));
  await store.reload();
  expect(verdict(newSecret)).toMatchObject({ ok: true });
});

test('does not reload a file whose content is the same', async () => {
  await writeFile(file, textOf(['old', oldSecret]));
  const { store, onReload } = await open();
  await writeFile(file, textOf(['old', oldSecret]));
  await store.reload();
  expect(onReload).not.toHaveBeenCalled();
});

test('carries usage over a reload, but not to another secret of the same name', async () => {
  await writeFile(file, textOf(['old', oldSecret], ['reused', 'a-secret-of-that-name']));
  const { store, verdict } = await open();
  verdict(oldSecret);
  verdict('a-secret-of-that-name');

  await writeFile(file, textOf(['old', oldSecret], ['reused', newSecret]));
  await store.reload();
  expect(store.usage()).toEqual({
    old: { count: 1, lastVerifiedAt: now },
    reused: { count: 0, lastVerifiedAt: null },
  });
});

test('rejects at start with every fault of the file', async () => {
  await expect(open()).rejects.toThrow(SecretFileError);
  await writeFile(file, JSON.stringify({ secrets: [{ id: '', secret: '' }] }));
  await expect(open()).rejects.toMatchObject({
    faults: [{ pointer: '/secrets/0/id' }, { pointer: '/secrets/0/secret' }],
  });
});

test('still verifies after it stopped watching', async () => {
  await writeFile(file, textOf(['old', oldSecret]));
  const { store, verdict } = await open();
  store.close();
  expect(verdict(oldSecret)).toMatchObject({ ok: true });
});
