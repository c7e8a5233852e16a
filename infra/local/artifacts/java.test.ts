import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { featureRelease, findJava } from './java.ts';

let machine: string;

beforeAll(async () => {
  machine = await mkdtemp(join(tmpdir(), 'contact-sync-java-'));
  await install('jvm/openjdk-17', '17.0.15');
  await install('jvm/temurin-25', '25.0.3');
  await install('mac/zulu.jdk/Contents/Home', '21.0.2');
  await install('home-26', '26');
  await install('broken/jdk-99', '99', 'exit 1');
  await install('without-release/jdk', '22.0.1', undefined, false);
});
afterAll(() => rm(machine, { recursive: true }));

async function install(path: string, version: string, script?: string, withRelease = true): Promise<void> {
  const home = join(machine, path);
  const executable = join(home, 'bin/java');
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(
    executable,
    `#!/bin/sh\n${script ?? `echo 'openjdk version "${version}" 2026-01-20' >&2`}\n`,
  );
  await chmod(executable, 0o755);
  if (withRelease) await writeFile(join(home, 'release'), `IMPLEMENTOR="x"\nJAVA_VERSION="${version}"\n`);
}

function find(minimum: number, environment: NodeJS.ProcessEnv, ...folders: string[]) {
  return findJava(
    minimum,
    environment,
    folders.map((folder) => join(machine, folder)),
  );
}

test('prefers a newer Java beside the default one', async () => {
  const environment = {
    JAVA_HOME: join(machine, 'jvm/openjdk-17'),
    PATH: join(machine, 'jvm/openjdk-17/bin'),
  };
  expect(await find(21, environment, 'jvm')).toEqual({
    executable: join(machine, 'jvm/temurin-25/bin/java'),
    version: 25,
  });
});

test('takes JAVA_HOME when that is the newest', async () => {
  expect(await find(21, { JAVA_HOME: join(machine, 'home-26') }, 'jvm')).toMatchObject({ version: 26 });
});

test('finds a macOS bundle, and a Java on the PATH that carries no release file', async () => {
  expect(await find(21, {}, 'mac')).toMatchObject({ version: 21 });
  expect(await find(21, { PATH: join(machine, 'without-release/jdk/bin') })).toMatchObject({ version: 22 });
});

test('passes over one that is newest but does not run', async () => {
  expect(await find(21, {}, 'broken', 'jvm')).toMatchObject({ version: 25 });
});

test('finds none where all are too old', async () => {
  expect(await find(26, {}, 'jvm', 'nowhere')).toBeUndefined();
});

test.each([
  ['1.8.0_412', 8],
  ['17.0.15', 17],
  ['25-ea', 25],
  ['', undefined],
])('reads the feature release of "%s"', (version, release) => {
  expect(featureRelease(version)).toBe(release);
});
