import { expect, test } from 'vitest';
import { readMonitorLine } from './monitor-line.ts';

test('a script call is read as it was sent, whatever bytes are in it', () => {
  const line = String.raw`+1700000000.000001 [0 127.0.0.1:5000] "evalsha" "abc" "2" "k{0}" "l" "\"a\" \"b\"" "\\\\n\n" "\xe6\x9d\xb1" ""`;
  expect(readMonitorLine(line)).toEqual({
    sha: 'abc',
    keys: ['k{0}', 'l'],
    args: ['"a" "b"', '\\\\n\n', '東', ''],
  });
});

test('other commands, and what a script does, are no calls', () => {
  expect(readMonitorLine('+1700000000.000001 [0 127.0.0.1:5000] "hgetall" "evalsha"')).toBeUndefined();
  expect(readMonitorLine('+1700000000.000001 [0 lua] "hset" "k" "\\"evalsha\\""')).toBeUndefined();
});
