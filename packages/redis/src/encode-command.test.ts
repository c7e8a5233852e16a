import fc from 'fast-check';
import { Command } from 'ioredis';
import { expect, test } from 'vitest';
import { type CommandPart, encodeCommand } from './encode-command.ts';

const part: fc.Arbitrary<CommandPart> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
  fc.constantFrom('', 'é', 'x'.repeat(300_000), 'ł'.repeat(100_000)),
  fc.double({ min: -(2 ** 53), max: 2 ** 53 }),
  fc.maxSafeInteger(),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

test('any command has the bytes that ioredis gives it, and keeps them', () => {
  const kept: [bytes: Buffer, expected: Buffer][] = [];
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const stock = Buffer.from(new Command('evalsha', [...parts]).toWritable({}) as string);
      const bytes = encodeCommand(['evalsha', ...parts]);
      expect(bytes.equals(stock)).toBe(true);
      kept.push([bytes, stock]);
    }),
  );
  for (const [bytes, expected] of kept) expect(bytes.equals(expected)).toBe(true);
});
