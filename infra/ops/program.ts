import { Command } from 'commander';
import { addConsumers } from './consumers/commands.ts';
import type { OpsContext } from './context.ts';
import { addDeadLetters } from './dead-letters/commands.ts';
import { addRewind } from './rewind/command.ts';
import { addSweep } from './sweep/command.ts';

export type OpsActions = OpsContext & {
  /** Runs an entry point of a service with these arguments. */
  readonly becomeService: (service: string, entry: string, args: readonly string[]) => Promise<void>;
};

/** The commands; each has its options, and its `--help`, where its code is. Throws CommanderError instead of ending. */
export function createProgram({ becomeService, ...context }: OpsActions): Command {
  const program = new Command('npm run ops --').exitOverride().enablePositionalOptions();
  program
    .command('remap')
    .description('apply a changed field mapping to all contacts')
    .usage('[--dry-run] [--rate <per second>] [--json] [--show-values]')
    .argument('[options...]', 'as remap --help tells')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((args: string[]) => becomeService('contact-service', 'remap.ts', args));
  addDeadLetters(program, context);
  addRewind(program, context);
  addSweep(program, context);
  addConsumers(program, context);
  return program;
}
