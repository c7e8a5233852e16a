import { createRequire } from 'node:module';

type Reply = (value: unknown) => void;

/** What ioredis gives to a decoder of its own kind, as far as RESP2 asks for it. */
export type DecoderConfig = { readonly onReply: Reply; readonly onErrorReply: (error: Error) => void };

/** What ioredis asks of a decoder: bytes go in as they come, replies come out of the callbacks in order. */
export type Decoder = { write(chunk: Buffer): void; reset(): void };

type Parser = { execute(chunk: Buffer): void; reset(): void };

const require = createRequire(import.meta.url);
const RedisParser = require('redis-parser') as new (options: {
  readonly returnReply: Reply;
  readonly returnError: (error: Error) => void;
  readonly returnFatalError: (error: Error) => never;
  readonly returnBuffers: boolean;
}) => Parser;
const decoding = require('ioredis/built/resp/decoder') as {
  Decoder: new (config: DecoderConfig) => Decoder;
};

const throwIt = (error: Error): never => {
  throw error;
};

/** Reads RESP2 by redis-parser. Texts come as buffers, since ioredis decides by command what is made of them. */
export class ReplyParser implements Decoder {
  readonly #parser: Parser;

  constructor({ onReply, onErrorReply }: DecoderConfig) {
    this.#parser = new RedisParser({
      returnReply: onReply,
      returnError: onErrorReply,
      returnFatalError: throwIt,
      returnBuffers: true,
    });
  }

  /** @throws {Error} where the bytes are no RESP2; nothing that comes later can be told apart then. */
  write(chunk: Buffer): void {
    this.#parser.execute(chunk);
  }

  reset(): void {
    this.#parser.reset();
  }
}

/**
 * Has every client of ioredis in this process read replies by {@link ReplyParser} (docs/adr/0016). To be called before
 * the first connects; every connection must speak RESP2.
 */
export const useReplyParser = (): void => {
  if (typeof decoding.Decoder !== 'function') throw new TypeError('ioredis keeps its decoder elsewhere');
  decoding.Decoder = ReplyParser;
};
