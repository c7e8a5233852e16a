import { open } from 'node:fs/promises';

const WINDOW_BYTES = 16_384;

/** The last `lines` lines that stand in a log after byte `from`, indented; empty when there is no log. */
export async function logTail(path: string, lines = 15, from = 0): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - WINDOW_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - start)), {
      position: start,
    });
    return lastLines(buffer.toString('utf8', 0, bytesRead), lines);
  } finally {
    await file.close();
  }
}

/** The last `count` lines of a text that hold anything, indented by two. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
}
