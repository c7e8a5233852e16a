// Prints the outcome of vitest's JSON report as one plain line; exits non-zero where a test failed or none ran.
import { existsSync, readFileSync } from 'node:fs';

const path = process.argv[2] ?? '';
if (!existsSync(path)) {
  process.stdout.write(`${'0 passed, 1 failed'}\n`);
  process.exit(1);
}
const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
);
const failed = count('failed') + broken.length;
const skipped = tests.length - count('passed') - count('failed');
if (skipped > 0) process.stdout.write(`${skipped} skipped, by name in the report above\n`);
process.stdout.write(`${count('passed')} passed, ${failed} failed\n`);
process.exit(failed > 0 || count('passed') === 0 ? 1 : 0);
