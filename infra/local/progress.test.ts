import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function stream(isTTY: boolean): { stream: WriteStream; text: () => string } {
  const through = new PassThrough();
  const target = Object.assign(through, { isTTY, columns: 80 }) as unknown as WriteStream;
  return { stream: target, text: () => String(through.read() ?? '') };
}

test('writes a line at the begin and at the end of a step, with the time since the start', async () => {
  const { stream: target, text } = stream(false);
  expect(await createProgress(target).step('Starting redis', async () => 5)).toBe(5);
  expect(text()).toMatch(
    /^\[ *\d\.\d s\] Starting redis …\n\[ *\d\.\d s\] Starting redis: done in \d\.\d s\n$/,
  );
});

test('claims no end of a step that failed', async () => {
  const { stream: target, text } = stream(false);
  const failing = createProgress(target).step('Starting redis', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(text()).not.toContain('done');
});

test('draws one line again on a terminal and clears it at the end', async () => {
  const { stream: target, text } = stream(true);
  const progress = createProgress(target);
  await progress.step('Fetching', async (detail) => detail('3 files'));
  const written = text();
  expect(written).toContain('… Fetching');
  expect(written).toMatch(/Fetching: done in \d\.\d s\n/);
  expect(written.endsWith('\r\u001b[2K')).toBe(true);
});
