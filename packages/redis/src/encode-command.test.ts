import fc from 'fast-check';
import { Command } from 'ioredis';
import { expect, test } from 'vitest';
import { encodeCommands, PreparedParts } from './encode-command.ts';

const part: fc.Arbitrary<string | number | Buffer> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
  fc.constantFrom('', 'é', 'x'.repeat(300_000), 'ł'.repeat(100_000)),
  fc.double({ min: -(2 ** 53), max: 2 ** 53 }),
  fc.maxSafeInteger(),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

const stock = (parts: readonly (string | number | Buffer)[]): Buffer =>
  Buffer.from(new Command('evalsha', [...parts]).toWritable({}) as string);

test('any commands have the bytes that ioredis gives them, and keep them', () => {
  const kept: [bytes: Buffer, expected: Buffer][] = [];
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 12 }), { maxLength: 5 }), (commands) => {
      const expected = Buffer.concat(commands.map(stock));
      const bytes = encodeCommands(commands.map((parts) => ['evalsha', ...parts]));
      expect(bytes.equals(expected)).toBe(true);
      kept.push([bytes, expected]);
    }),
  );
  for (const [bytes, expected] of kept) expect(bytes.equals(expected)).toBe(true);
});

test('a list stands for its items', () => {
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.string({ unit: 'binary' })), (own, texts) => {
      const bytes = encodeCommands([['evalsha', texts, ...own, [], texts]]);
      expect(bytes.equals(stock([...texts, ...own, ...texts]))).toBe(true);
    }),
  );
});

test('parts that are prepared are those that they were prepared of', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), fc.array(part), (shared, own) => {
      const prepared = new PreparedParts(shared);
      const bytes = encodeCommands([['evalsha', ...own, prepared, 'end', prepared]]);
      expect(bytes.equals(stock([...own, ...shared, 'end', ...shared]))).toBe(true);
    }),
  );
});
