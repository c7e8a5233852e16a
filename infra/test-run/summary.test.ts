import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');
const CONFIG = `
  import { RunReporter } from '${join(import.meta.dirname, 'run-reporter.ts')}';
  export default { test: { globals: true, reporters: ['default', new RunReporter('record.json')] } };
`;

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

interface Ended {
  exitCode: number;
  output: string;
}

async function node(folder: string, ...parameters: string[]): Promise<Ended> {
  const options = { cwd: folder, env: { PATH: process.env['PATH'] } };
  return promisify(execFile)(process.execPath, parameters, options).then(
    ({ stdout }) => ({ exitCode: 0, output: stdout }),
    ({ code, stdout, stderr }) => ({ exitCode: code, output: `${stdout}${stderr}` }),
  );
}

/** What CI says after vitest really ran these files; without files vitest does not run. */
async function summaryOf(files: Record<string, string>, allowed: object[] = []): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sync-summary-'));
  folders.push(folder);
  await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'vitest.config.ts'), CONFIG);
  await writeFile(join(folder, 'allowed-skips.json'), JSON.stringify(allowed));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, `${name}.test.ts`), text);
  if (Object.keys(files).length > 0)
    await node(folder, join(REPOSITORY, 'node_modules/vitest/vitest.mjs'), 'run');
  return node(folder, join(REPOSITORY, '.ci/summary.mjs'), 'record.json', 'allowed-skips.json');
}

const GOOD = `test('is right', () => {});`;
const SKIPPED = `test.skip('is left out', () => {});`;

// One run for all of them: each has to be told and counted beside the others.
const faults = [
  {
    what: 'a test failed',
    file: 'wrong',
    text: `test('is wrong', () => { throw new Error('no'); });`,
    line: 'failed: wrong.test.ts > is wrong',
  },
  {
    what: 'the beforeAll of a file threw',
    file: 'before',
    text: `beforeAll(() => { throw new Error('no server'); }); test('never ran', () => {});`,
    line: 'failed as a whole: before.test.ts: no server',
  },
  {
    what: 'the beforeAll of a suite threw',
    file: 'suite',
    text: `describe('a suite', () => { beforeAll(() => { throw new Error('no server'); }); test('never ran', () => {}); });`,
    line: 'failed as a whole: suite.test.ts > a suite: no server',
  },
  {
    what: 'the afterAll of a file threw',
    file: 'after',
    text: `afterAll(() => { throw new Error('left open'); }); test('is right', () => {});`,
    line: 'failed as a whole: after.test.ts: left open',
  },
  {
    what: 'a file cannot be imported',
    file: 'import',
    text: `import './nowhere.ts'; test('never ran', () => {});`,
    line: 'failed as a whole: import.test.ts: ',
  },
  {
    what: 'a file holds no test',
    file: 'empty',
    text: 'export {};',
    line: 'failed as a whole: empty.test.ts: No test suite found',
  },
  {
    what: 'something was thrown outside of any test',
    file: 'late',
    text: `test('is right', () => new Promise((end) => { setTimeout(() => { setTimeout(end); throw new Error('late'); }); }));`,
    line: 'thrown outside of any test: late',
  },
  {
    what: 'a test was skipped without leave',
    file: 'skipped',
    text: SKIPPED,
    line: 'skipped without leave: skipped.test.ts > is left out',
  },
];

let faulty: Ended;

beforeAll(async () => {
  faulty = await summaryOf(Object.fromEntries(faults.map(({ file, text }) => [file, text])));
});

test.each(faults)('tells that $what', ({ line }) => {
  expect(faulty.output.split('\n')).toContainEqual(expect.stringContaining(line));
});

test('counts each of them once, and fails', () => {
  expect(faulty.output).toContain(`\n2 passed, ${faults.length} failed\n`);
  expect(faulty.exitCode).toBe(1);
});

test('fails a run in which the process of a file went away amid a test', async () => {
  const { exitCode, output } = await summaryOf({
    good: GOOD,
    gone: `test('ends', () => { process.kill(process.pid, 'SIGKILL'); });`,
  });
  expect(output).toContain('not finished: gone.test.ts > ends');
  expect(exitCode).toBe(1);
});

test('passes a run in which every test passed or was skipped with leave, and prints the reason', async () => {
  const allowed = [{ test: 'skipped.test.ts > is left out', reason: 'needs a printer' }];
  const { exitCode, output } = await summaryOf({ good: GOOD, skipped: SKIPPED }, allowed);
  expect(output).toBe('skipped: skipped.test.ts > is left out: needs a printer\n1 passed, 0 failed\n');
  expect(exitCode).toBe(0);
});

test('fails a run that left no record', async () => {
  const { exitCode, output } = await summaryOf({});
  expect([exitCode, output]).toEqual([1, 'the test run left no record\n0 passed, 1 failed\n']);
});

test('the skips that CI allows are of files that are there, with a reason each', async () => {
  const text = await readFile(join(REPOSITORY, '.ci/allowed-skips.json'), 'utf8');
  for (const { test: name, reason } of JSON.parse(text) as { test: string; reason: string }[]) {
    const [file = ''] = name.split(' > ');
    expect([name, existsSync(join(REPOSITORY, file)), reason.length > 20]).toEqual([name, true, true]);
  }
});
