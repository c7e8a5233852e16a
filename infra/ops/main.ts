/** `npm run ops -- <command>`: what an operator does now and then. Exit codes: the command's; 2 for one that is not known. */
import { CommanderError } from 'commander';
import { becomeService } from './become-service.ts';
import { createProgram } from './program.ts';

try {
  await createProgram({ becomeService }).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
