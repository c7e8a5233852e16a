import { type Command, Option } from 'commander';
import type { OpsContext } from '../context.ts';
import { discardLetters, rebuildIndex } from './change-commands.ts';
import { dryRunLetters } from './dry-run-command.ts';
import { listAudit, listGroups, listLetters, showLetter } from './read-commands.ts';
import { cancelReplay, listReplays, replayLetters } from './replay-command.ts';
import { withFilters, withSelection } from './selection.ts';

const json = ['--json', 'one JSON value instead of text'] as const;
const reason = ['--reason <text>', 'why; it is kept, so without personal data'] as const;

const addReads = (group: Command, context: OpsContext): void => {
  withFilters(group.command('list').description('letters, newest first'))
    .addOption(
      new Option('--state <state>', 'open and parked ones without it').choices([
        'open',
        'parked',
        'replayed',
        'discarded',
      ]),
    )
    .option('--limit <count>', 'most letters', '50')
    .option(...json)
    .action((options) => listLetters(context, options));
  group
    .command('groups')
    .description('open letters counted by cause')
    .option(...json)
    .action((options) => listGroups(context, options));
  group
    .command('show')
    .description('one letter, decoded beside its bytes, with its contact')
    .argument('<id>')
    .option(...json)
    .action((id, options) => showLetter(context, id, options));
  group
    .command('audit')
    .description('who did what, when and why')
    .option(...json)
    .action((options) => listAudit(context, options));
};

const addReplays = (group: Command, context: OpsContext): void => {
  withSelection(group.command('dry-run').description('what a replay would come to; writes nothing'))
    .option(...json)
    .action((options) => dryRunLetters(context, options));
  withSelection(group.command('replay').description('sends letters on their way again'))
    .requiredOption(...reason)
    .option('--rate <per second>', 'a tenth of what comes live, and 10 at least, without it')
    .option('--no-wait', 'do not wait for its end')
    .option(...json)
    .action((options) => replayLetters(context, options));
  group
    .command('replays')
    .description('the last replays')
    .option(...json)
    .action((options) => listReplays(context, options));
  group
    .command('cancel')
    .description('ends a replay early')
    .argument('<id>')
    .action((id) => cancelReplay(context, id));
};

/** `npm run ops -- dead-letters …` (design rule 9). */
export const addDeadLetters = (program: Command, context: OpsContext): void => {
  const group = program
    .command('dead-letters')
    .description('what could not be applied: look at it, try it, replay or discard it');
  addReads(group, context);
  addReplays(group, context);
  withSelection(group.command('discard').description('takes letters off the list of what is open'))
    .requiredOption(...reason)
    .option(...json)
    .action((options) => discardLetters(context, options));
  group
    .command('rebuild')
    .description('makes the index of letters anew from their topics')
    .option(...json)
    .action((options) => rebuildIndex(context, options));
};
