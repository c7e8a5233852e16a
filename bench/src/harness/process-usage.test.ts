import { expect, test } from 'vitest';
import { busyMicrosIn, cpuMicrosIn, residentBytesIn } from './process-usage.ts';

test('CPU time is found behind a command name with blanks and brackets', () => {
  const stat = '42 (a) b (c)) S 1 42 42 0 -1 4194560 1 2 3 4 250 50 7 8 20 0 11 0 100 1000 10';
  expect(cpuMicrosIn(stat)).toBe(3_000_000);
});

test('resident memory is read in bytes, and is unknown for a process that has none', () => {
  expect(residentBytesIn('Name:\tnode\nVmRSS:\t    2048 kB\nVmSize:\t 9 kB\n')).toBe(2 * 1_048_576);
  expect(residentBytesIn('Name:\tkthreadd\n')).toBeUndefined();
});

test('the busy time of the machine leaves idle time and waits for disks out', () => {
  expect(busyMicrosIn('cpu  10 1 20 500 300 2 3 4 0 0\ncpu0 5 0 10 250 150 1 1 2 0 0\n')).toBe(400_000);
});
