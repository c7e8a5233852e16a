import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { findPrometheus } from '../local/artifacts/prometheus.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = (pattern: string) => globSync(pattern, { cwd: folder }).toSorted();

let promtool: string;
beforeAll(async () => {
  ({ promtool } = await findPrometheus());
});

const run = async (...parameters: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(promtool, parameters, { cwd: folder });
  return `${stdout}${stderr}`;
};

test('the configuration and the rules are what Prometheus reads', async () => {
  expect(await run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
});

test("the rules raise their alerts when they should, and no sooner (promtool's own tests)", async () => {
  const tests = files('tests/*.test.yml');
  expect(tests.length).toBeGreaterThan(1);
  const told = await run('test', 'rules', ...tests);
  expect(told.match(/^ {2}SUCCESS/gm)).toHaveLength(tests.length);
});
