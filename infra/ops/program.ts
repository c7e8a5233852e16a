import { Command } from 'commander';

export type OpsActions = {
  /** Runs an entry point of a service with these arguments. */
  readonly becomeService: (service: string, entry: string, args: readonly string[]) => Promise<void>;
};

/** The commands; each has its options, and its `--help`, where its code is. Throws CommanderError instead of ending. */
export function createProgram({ becomeService }: OpsActions): Command {
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
  return program;
}
