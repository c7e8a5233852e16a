import { describe, expect, it } from 'vitest';
import { scenarios } from '../domain/scenario/catalogue.ts';
import { readArguments, UsageError } from './arguments.ts';

const read = (line: string) => readArguments(line.split(' '));

describe('the command line of simulate', () => {
  it('plays scenarios that are joined beside each other, with the numbers that are given', () => {
    expect(
      read('steady+burst --seed 7 --rate 5 --count 9 --settle 3 --set factor=20 --json --junit a.xml'),
    ).toEqual({
      runs: [
        {
          seed: 7,
          ratePerSecond: 5,
          count: 9,
          settleTimeoutSeconds: 3,
          scenarios: [
            { name: 'steady', parameters: { factor: 20 } },
            { name: 'burst', parameters: { factor: 20 } },
          ],
        },
      ],
      seed: 7,
      target: undefined,
      json: true,
      junit: 'a.xml',
      help: false,
    });
  });

  it('plays each by itself for all, and gives a parameter to those that have it', () => {
    const { runs } = read('all --set seconds=1');
    expect(runs.map((run) => run.scenarios?.map(({ name }) => name))).toEqual(
      scenarios.filter(({ playsStore }) => !playsStore).map(({ name }) => [name]),
    );
    const given = runs.filter((run) => Object.keys(run.scenarios?.[0]?.parameters ?? {}).length > 0);
    expect(given.length).toBe(scenarios.filter(({ parameters }) => 'seconds' in parameters).length);
  });

  it.each([
    '',
    'steady burst',
    'steady --rate fast',
    'steady --set factor',
    'steady --loud',
    '--json',
    'steady+two-way',
  ])('refuses "%s"', (line) => {
    expect(() => readArguments(line === '' ? [] : line.split(' '))).toThrow(UsageError);
  });

  it('helps without a scenario', () => {
    expect(read('--help').help).toBe(true);
  });
});
