import { Command, type Redis } from 'ioredis';
import type { ReadsText } from './reply-parser.ts';

/** A part of a command: its name, a key or an argument; or several, as a list. */
export type CommandPart = string | number | Buffer | readonly string[];

/** The parts of a command: its name, then keys and arguments. */
export type CommandParts = readonly [name: string, ...parts: readonly CommandPart[]];

/** A reply of RESP2; null for what is absent. */
export type AnsweredReply = string | number | null | Reply[];

/** An error stands where a command failed. */
export type Reply = AnsweredReply | Error;

/** What ioredis keeps of the commands that wait for replies; its type leaves them out. */
type Queue = {
  readonly commandQueue: { unshift(item: object): void };
  readonly condition: { readonly select: number } | null;
};

const isReply = (error: Error): boolean => error.name === 'ReplyError';

/** A command as RESP has it. */
const bytesOf = ([name, ...parts]: CommandParts): Buffer => {
  const bytes = new Command(name, parts as (string | number | Buffer | string[])[]).toWritable({});
  return typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
};

/**
 * Many commands that ioredis takes for one: written in one go, with one promise and one time-out. It stands at the head
 * of the queue until as many replies have come as there are commands, so it never takes another's, nor leaves it one.
 * Of the commands it keeps the bytes alone: texts that wait for replies are what V8 would copy with every collection.
 */
class CommandBatch extends Command implements ReadsText {
  readonly readsText = true;
  readonly #names: readonly string[];
  readonly #bytes: Buffer;
  #replies: Reply[] = [];
  #count = 0;

  constructor(client: Redis, commands: readonly CommandParts[]) {
    super('batch', [], { replyEncoding: null });
    this.#names = commands.map(([name]) => name);
    this.#bytes = Buffer.concat(commands.map(bytesOf));
    const expected = commands.length;
    const settle = this.resolve;
    const queue = client as unknown as Queue;
    const take = (reply: Reply): void => {
      this.#replies.push(reply);
      this.#count += 1;
      if (this.#count === expected) settle(this.#replies);
      else queue.commandQueue.unshift({ command: this, stream: undefined, select: queue.condition?.select });
    };
    this.resolve = take;
    this.reject = (error: Error): void => {
      if (isReply(error)) {
        take(this.#named(error));
        return;
      }
      // Without their replies; those that come yet are counted, and reach nobody.
      const lost = Array.from<Error>({ length: expected - this.#count }).fill(error);
      settle([...this.#replies, ...lost]);
    };
  }

  /** Once again from the first reply on, where a connection sends what was not answered once more. */
  override toWritable(): Buffer {
    this.#replies = [];
    this.#count = 0;
    return this.#bytes;
  }

  /** The error of the command that it answers, by name alone: its arguments may hold what no log may. */
  #named(error: Error): Error {
    return Object.assign(error, { command: { name: this.#names[this.#count] } });
  }
}

/**
 * Sends commands in one go; resolves with a reply each, in order, and with the error in the place of each that failed or
 * whose reply was lost. Costs a third of a pipeline of ioredis's, which makes an object, three promises and a timer for
 * each command (docs/adr/0016). For commands that neither block nor subscribe.
 */
export const sendTogether = async (client: Redis, commands: readonly CommandParts[]): Promise<Reply[]> => {
  if (commands.length === 0) return [];
  return (await client.sendCommand(new CommandBatch(client, commands))) as Reply[];
};
