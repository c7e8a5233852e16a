import { createRequire } from 'node:module';

type TakeReply = (value: unknown) => void;

/** What ioredis gives to a decoder of its own kind, as far as RESP2 asks for it. */
export type DecoderConfig = {
  readonly onReply: TakeReply;
  readonly onErrorReply: (error: Error) => void;
};

/** What ioredis asks of a decoder: bytes go in as they come, replies come out of the callbacks in order. */
export type Decoder = { write(chunk: Buffer): void; reset(): void };

/** A command that is given texts as text; others are given bytes, of which ioredis makes what each asks for. */
export type ReadsText = { readonly readsText: true };

/** The client whose replies are read, as far as it tells whose reply comes next. */
export type Owner = {
  readonly commandQueue: { peekFront(): { readonly command: Partial<ReadsText> } | undefined };
};

type Parser = { execute(chunk: Buffer): void; reset(): void; setReturnBuffers(returns: boolean): void };

const require = createRequire(import.meta.url);
const RedisParser = require('redis-parser') as new (options: {
  readonly returnReply: TakeReply;
  readonly returnError: (error: Error) => void;
  readonly returnFatalError: (error: Error) => never;
  readonly returnBuffers: boolean;
}) => Parser;
const decoding = require('ioredis/built/resp/decoder') as {
  Decoder: new (config: DecoderConfig) => Decoder;
};
const handling = require('ioredis/built/DataHandler') as {
  default: new (client: Owner, options: object) => object;
};

const throwIt = (error: Error): never => {
  throw error;
};

let opening: Owner | undefined;

/** Reads RESP2 by redis-parser. Texts come as bytes, but for a command that {@link ReadsText}. */
export class ReplyParser implements Decoder {
  readonly #parser: Parser;
  readonly #owner: Owner | undefined;

  constructor({ onReply, onErrorReply }: DecoderConfig, owner = opening) {
    this.#owner = owner;
    this.#parser = new RedisParser({
      returnReply: (value) => {
        onReply(value);
        this.#turnToNext();
      },
      returnError: (error) => {
        onErrorReply(error);
        this.#turnToNext();
      },
      returnFatalError: throwIt,
      returnBuffers: true,
    });
  }

  /** A reply that has come in part is still that of the command at the head. */
  #turnToNext(): void {
    this.#parser.setReturnBuffers(this.#owner?.commandQueue.peekFront()?.command.readsText !== true);
  }

  /** @throws {Error} where the bytes are no RESP2; nothing that comes later can be told apart then. */
  write(chunk: Buffer): void {
    this.#turnToNext();
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
  if (typeof decoding.Decoder !== 'function' || typeof handling.default !== 'function') {
    throw new TypeError('ioredis keeps its decoder elsewhere');
  }
  decoding.Decoder = ReplyParser;
  // A decoder is made while the handler of a client's data is, and is not told whose it is.
  handling.default = class extends handling.default {
    constructor(client: Owner, options: object) {
      opening = client;
      super(client, options);
      opening = undefined;
    }
  };
};
