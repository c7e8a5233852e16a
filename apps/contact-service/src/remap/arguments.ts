import { parseArgs } from 'node:util';

/** The command line cannot be meant; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage: remap [--dry-run] [--rate <contacts per second>] [--json] [--show-values]

Applies the mapping in force (MAPPING_FILE) to every contact that AcmeCRM has told of.

  --dry-run      tells what would change and writes nothing
  --rate         contacts mapped a second, 1 to 10,000; 500 by default
  --json         one JSON object instead of text
  --show-values  old and new values in examples, personal data among them

Exit codes: 0 every contact is under the mapping (dry run: would be), 1 not every one, 2 usage or settings.`;

export type RemapArguments = {
  readonly dryRun: boolean;
  /** Contacts mapped a second. */
  readonly rate: number;
  readonly json: boolean;
  readonly showValues: boolean;
  readonly help: boolean;
};

const maxRate = 10_000;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'dry-run': { type: 'boolean', default: false },
        rate: { type: 'string', default: '500' },
        json: { type: 'boolean', default: false },
        'show-values': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

/** @throws {UsageError} on an option that is not known or a rate that is none. */
export const readArguments = (args: readonly string[]): RemapArguments => {
  const { 'dry-run': dryRun, rate, json, 'show-values': showValues, help } = parse(args);
  if (!/^\d{1,5}$/.test(rate) || Number(rate) < 1 || Number(rate) > maxRate) {
    throw new UsageError(`--rate takes a whole number from 1 to ${maxRate}`);
  }
  return { dryRun, rate: Number(rate), json, showValues, help };
};
