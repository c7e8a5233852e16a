// Prints the outcome of a test run as plain lines, the last one "N passed, N failed", and exits non-zero where anything
// went wrong: a test, a hook or an import failed, something was thrown outside of any test, the run did not come to its
// end, no test ran, or a test was skipped that .ci/allowed-skips.json does not name with a reason.
import { existsSync, readFileSync } from 'node:fs';

const [, , recordFile = '', allowedFile = new URL('allowed-skips.json', import.meta.url)] = process.argv;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const say = (line) => process.stdout.write(`${line}\n`);

const judge = ({ passed, failed, skipped, unfinished, broken, unhandled, interrupted }, allowed) => {
  const reasonOf = (name) => allowed.find(({ test }) => name.startsWith(test))?.reason;
  const refused = skipped.filter((name) => reasonOf(name) === undefined);
  for (const name of skipped) say(`skipped: ${name}: ${reasonOf(name) ?? 'NOT ALLOWED'}`);
  const faults = [
    ...failed.map((name) => `failed: ${name}`),
    ...unfinished.map((name) => `not finished: ${name}`),
    ...broken.map((name) => `failed as a whole: ${name}`),
    ...unhandled.map((message) => `thrown outside of any test: ${message}`),
    ...refused.map((name) => `skipped without leave: ${name}`),
    ...(interrupted ? ['the run was interrupted'] : []),
    ...(passed === 0 ? ['no test passed'] : []),
  ];
  return { passed, faults };
};

const { passed, faults } = existsSync(recordFile)
  ? judge(read(recordFile), read(allowedFile))
  : { passed: 0, faults: ['the test run left no record'] };
for (const fault of faults) say(fault);
say(`${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length > 0 ? 1 : 0;
