import type { RunRequest } from '@contact-sync/api-contracts';
import type { Client } from '@contact-sync/client';

export type Scenario = Awaited<ReturnType<Client['listScenarios']>>['body']['items'][number];

/** What was typed: the scenarios that are picked with their parameters, and what holds for the whole run. */
export type Picked = {
  readonly scenarios: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly count: string;
  readonly ratePerSecond: string;
  readonly seed: string;
  readonly target: string;
};

const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));

const given = <Name extends string>(name: Name, value: number | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, number>>;

const numbersOf = (texts: Readonly<Record<string, string>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const value = numberOf(text);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** The request of what was typed; what is left empty is the simulator's default. */
export const runRequestOf = ({ scenarios, count, ratePerSecond, seed, target }: Picked): RunRequest => {
  const parts = Object.entries(scenarios).map(([name, texts]) => {
    const parameters = numbersOf(texts);
    return { name, ...(Object.keys(parameters).length > 0 && { parameters }) };
  });
  return {
    ...(parts.length > 0 && { scenarios: parts }),
    ...given('count', numberOf(count)),
    ...given('ratePerSecond', numberOf(ratePerSecond)),
    ...given('seed', numberOf(seed)),
    ...(target !== '' && { target }),
  };
};
