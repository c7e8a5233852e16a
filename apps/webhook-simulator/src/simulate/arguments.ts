import { parseArgs } from 'node:util';
import type { RunRequest } from '@contact-sync/api-contracts';
import { scenarios } from '../domain/scenario/catalogue.ts';

/** The command line cannot be meant; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const playable = scenarios.filter(({ playsStore }) => !playsStore);

const list = playable.map(({ name, summary }) => `  ${name.padEnd(34)}${summary}`).join('\n');

export const usage = `Usage: simulate <scenario>[+<scenario>…] | all [options]

Plays AcmeCRM against a system and says what became of every event. Scenarios joined by + go on beside each other;
all plays each by itself, one after the other.

  --seed N       the same seed gives the same traffic; 1 by default
  --rate R       deliveries a second of each scenario; 40 by default
  --count C      events of each scenario, about; 60 by default
  --set K=V      a parameter of the scenario, say --set factor=20; may be repeated
  --settle S     seconds to wait until the last event shows; 60 by default
  --target FILE  the system (docs/simulator.md); without it one is started here, and ended
  --json         ends with one JSON object on the last line of standard output
  --junit FILE   writes the verdict as JUnit XML

Scenarios:
${list}

Exit codes: 0 all is well, 1 something is lost, doubled, wrong or unverified, 2 usage or settings.`;

export type SimulateArguments = {
  /** One after the other. */
  readonly runs: readonly RunRequest[];
  readonly seed: number;
  readonly target: string | undefined;
  readonly json: boolean;
  readonly junit: string | undefined;
  readonly help: boolean;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: text,
        rate: text,
        count: text,
        settle: text,
        set: { ...text, multiple: true },
        target: text,
        junit: text,
        json: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new UsageError(`${name} takes a number`);
  return number;
};

const optional = (name: string, key: string, value: string | undefined): Record<string, number> =>
  value === undefined ? {} : { [key]: numberOf(name, value) };

const parametersOf = (settings: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    settings.map((setting) => {
      const [, name = '', value = ''] = /^(\w+)=(.+)$/.exec(setting) ?? [];
      if (name === '') throw new UsageError('--set takes name=number');
      return [name, numberOf(`--set ${name}`, value)];
    }),
  );

const namesOf = (positionals: readonly string[]): string[][] => {
  const [what, ...more] = positionals;
  if (what === undefined || more.length > 0)
    throw new UsageError('one scenario is to be named, or several joined by +');
  if (what === 'all') return playable.map(({ name }) => [name]);
  const names = what.split('+');
  const ofStore = scenarios.find(({ name, playsStore }) => playsStore && names.includes(name));
  if (ofStore)
    throw new UsageError(
      `${ofStore.name} plays AcmeCRM's store: start it at a deployed simulator (docs/simulator.md)`,
    );
  return [names];
};

/** @throws {UsageError} on what cannot be meant; whether numbers are within bounds is judged with the run. */
export const readArguments = (args: readonly string[]): SimulateArguments => {
  const { values, positionals } = parse(args);
  const { help, json, target, junit } = values;
  if (help) return { runs: [], seed: 0, target, json, junit, help };
  const parameters = parametersOf(values.set ?? []);
  const declared = (name: string) =>
    Object.fromEntries(
      Object.entries(parameters).filter(
        ([parameter]) =>
          positionals[0] !== 'all' ||
          Object.hasOwn(scenarios.find((scenario) => scenario.name === name)?.parameters ?? {}, parameter),
      ),
    );
  const common = {
    seed: numberOf('--seed', values.seed ?? '1'),
    ...optional('--rate', 'ratePerSecond', values.rate),
    ...optional('--count', 'count', values.count),
    ...optional('--settle', 'settleTimeoutSeconds', values.settle),
  };
  const runs = namesOf(positionals).map((names) => ({
    ...common,
    scenarios: names.map((name) => ({ name, parameters: declared(name) })),
  }));
  return { runs, seed: common.seed, target, json, junit, help };
};
