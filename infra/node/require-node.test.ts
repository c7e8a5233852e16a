import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');
const CHECK = join(import.meta.dirname, 'require-node.cjs');

/** Runs the check in a Node that says it is another one. */
async function checkedBy(version: string, platform = process.platform, arch: string = process.arch) {
  const pretend = `
    Object.defineProperty(process.versions, 'node', { value: '${version}' });
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    Object.defineProperty(process, 'arch', { value: '${arch}' });
    require(${JSON.stringify(CHECK)});`;
  return promisify(execFile)(process.execPath, ['--input-type=commonjs', '--eval', pretend]).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
}

test('lets the Node pass that this repository is for', async () => {
  expect(await checkedBy(process.versions.node)).toEqual({ code: 0, stderr: '' });
});

test.each(['8.17.0', '20.19.0', '26.1.0'])(
  'refuses Node %s and says that npm ci brings the right one',
  async (version) => {
    const { code, stderr } = await checkedBy(version, 'linux', 'arm64');
    expect(code).toBe(1);
    expect(stderr).toContain(`runs on Node 24; this is ${version}`);
    expect(stderr).toContain('Run "npm ci", which brings Node 24 for linux-arm64');
  },
);

test('says on a platform that npm ci brings no Node for that it has to be installed', async () => {
  const { stderr } = await checkedBy('20.19.0', 'sunos', 'x64');
  expect(stderr).toContain('"npm ci" brings none for sunos-x64: install Node 24');
});

test('is the first thing that each command does', async () => {
  const { scripts } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.keys(scripts).filter((name) => !/^(pre|check:|generate:|fix$)/.test(name));
  for (const name of commands)
    expect([name, scripts[`pre${name}`]]).toEqual([name, 'node infra/node/require-node.cjs']);
});
