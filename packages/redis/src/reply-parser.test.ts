import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decoder, type DecoderConfig, type Owner, ReplyParser } from './reply-parser.ts';

const require = createRequire(import.meta.url);
// Taken before anything of ours could put another in its place.
const { Decoder: Stock, RESP_TYPES } = require('ioredis/built/resp/decoder') as {
  Decoder: new (config: DecoderConfig & { getTypeMapping: () => object; onPush: () => void }) => Decoder;
  RESP_TYPES: Record<'BLOB_STRING' | 'SIMPLE_STRING', number>;
};

type Reply = string | null | number | { readonly error: string } | { readonly simple: string } | Reply[];

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

const spelled = (reply: Reply): string => {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'number') return `:${reply}\r\n`;
  if (typeof reply === 'string') return bulk(reply);
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(spelled).join('')}`;
  return 'error' in reply ? `-${reply.error}\r\n` : `+${reply.simple}\r\n`;
};

const line = fc.stringMatching(/^[A-Za-z0-9 .:-]{1,40}$/);
const { reply: anyReply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(null, '', '\r\n', 'x'.repeat(70_000)),
    // ioredis's own decoder misreads what comes near the greatest safe integer.
    fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
    line.map((simple) => ({ simple })),
    line.map((error) => ({ error })),
    fc.array(tie('reply'), { maxLength: 4 }),
  ),
}));

/** Everything that a decoder tells, in order; errors by their texts. */
const heard = (create: (config: DecoderConfig) => Decoder, chunks: readonly Buffer[]): unknown[] => {
  const told: unknown[] = [];
  const plain = (value: unknown): unknown => {
    if (value instanceof Error) return { error: value.message, name: value.name };
    if (Array.isArray(value)) return value.map(plain);
    return Buffer.isBuffer(value) ? { text: value.toString('hex') } : value;
  };
  const decoder = create({
    onReply: (value) => told.push(plain(value)),
    onErrorReply: (error) => told.push({ top: plain(error) }),
  });
  for (const chunk of chunks) decoder.write(chunk);
  return told;
};

const typeMapping = { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer };

const stock = (config: DecoderConfig): Decoder =>
  new Stock({ ...config, getTypeMapping: () => typeMapping, onPush: () => undefined });

const cut = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    chunks.push(bytes.subarray(from, from + size));
    from += size;
  }
  return chunks;
};

test('tells the replies that ioredis’s own decoder tells, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(anyReply, { maxLength: 5 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 65_536 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (replies, sizes) => {
        const bytes = Buffer.from(replies.map(spelled).join(''));
        const told = heard((config) => new ReplyParser(config), cut(bytes, sizes));
        expect(told).toEqual(heard(stock, [bytes]));
        expect(told).toHaveLength(replies.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('gives text to the commands that read text, and bytes to the others, however the replies are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyReply, fc.boolean()), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }),
      (expected, sizes) => {
        const waiting = expected.map(([, readsText]) => ({ command: readsText ? { readsText } : {} }));
        const owner = { commandQueue: { peekFront: () => waiting[0] } } as Owner;
        const told: boolean[] = [];
        const take = (value: unknown): void => {
          const texts = [value].flat(4).filter((part) => typeof part === 'string' || Buffer.isBuffer(part));
          const isText = waiting.shift()?.command.readsText === true;
          told.push(texts.every((part) => (typeof part === 'string') === isText));
        };
        const parser = new ReplyParser({ onReply: take, onErrorReply: take }, owner);
        for (const chunk of cut(Buffer.from(expected.map(([reply]) => spelled(reply)).join('')), sizes)) {
          parser.write(chunk);
        }
        expect(told).toEqual(expected.map(() => true));
      },
    ),
    { numRuns: 300 },
  );
});

test('throws at what is no reply, so that the connection is given up', () => {
  const parser = new ReplyParser({ onReply: () => undefined, onErrorReply: () => undefined });
  expect(() => parser.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n'))).toThrow('Protocol error');
});
