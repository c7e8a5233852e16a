import type { Command } from 'commander';
import { UsageError } from '../api/usage-error.ts';

/** What letters can be asked for by on the command line. */
export type FilterOptions = {
  readonly topic?: string;
  readonly code?: string;
  readonly fingerprint?: string;
  readonly contact?: string;
  readonly event?: string;
  readonly since?: string;
  readonly until?: string;
};

export type SelectOptions = FilterOptions & { readonly id?: string[]; readonly all?: true };

export const withFilters = (command: Command): Command =>
  command
    .option('--topic <topic>', 'the topic on which the record stood first')
    .option('--code <code>', 'what was wrong')
    .option('--fingerprint <fingerprint>', 'failed alike; as groups shows it')
    .option('--contact <id>', 'our id of the contact')
    .option('--event <id>', "AcmeCRM's id of the event")
    .option('--since <time>', 'became letters then or later (RFC 3339)')
    .option('--until <time>', 'became letters before then (RFC 3339)');

export const withSelection = (command: Command): Command =>
  withFilters(command.option('--id <id...>', 'these letters')).option('--all', 'every open letter');

const given = <Name extends string>(name: Name, value: string | undefined) =>
  value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: string });

export const filterOf = (options: FilterOptions) => ({
  ...given('topic', options.topic),
  ...given('code', options.code),
  ...given('fingerprint', options.fingerprint),
  ...given('contactId', options.contact),
  ...given('eventId', options.event),
  ...given('since', options.since),
  ...given('until', options.until),
});

/** @throws {UsageError} where nothing is said: every letter is only meant by --all. */
export const selectionOf = (options: SelectOptions) => {
  const filter = filterOf(options);
  const isFiltered = Object.keys(filter).length > 0;
  if (options.id !== undefined) {
    if (isFiltered || options.all) throw new UsageError('--id stands alone, without filters and --all');
    return { ids: options.id };
  }
  if (!isFiltered && !options.all) throw new UsageError('which letters? Give filters, --id, or --all');
  return { filter };
};
