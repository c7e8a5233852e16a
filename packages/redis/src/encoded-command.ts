import { type ChainableCommander, Command, type Redis } from 'ioredis';
import { type CommandPart, encodeCommand } from './encode-command.ts';

/**
 * A command that writes itself in one pass: ioredis joins five texts for each argument, which for a write of sixty
 * arguments costs three times as much. Its reply comes as text.
 */
class EncodedCommand extends Command {
  readonly #parts: readonly CommandPart[];

  constructor(name: string, parts: readonly CommandPart[]) {
    super(name, [], { replyEncoding: 'utf8' });
    this.#parts = parts;
  }

  override toWritable(): Buffer {
    return encodeCommand([this.name, ...this.#parts]);
  }
}

/** Queues a command of many arguments. */
export const queueEncoded = (
  pipeline: ChainableCommander,
  name: string,
  parts: readonly CommandPart[],
): void => {
  // Every pipeline has it; the type of the chain leaves it out.
  (pipeline as unknown as Pick<Redis, 'sendCommand'>).sendCommand(new EncodedCommand(name, parts));
};
