import type { RunOptions, RunRequest } from '@contact-sync/api-contracts';
import type { FieldError } from '@contact-sync/domain';
import { findScenario } from './scenario/catalogue.ts';
import type { Scenario } from './scenario/scenario.ts';

const defaults = { seed: 1, count: 60, ratePerSecond: 40, settleTimeoutSeconds: 60, latencySampleEvery: 5 };

/** What a run plays that names no scenario: a bit of everything, and nothing that takes long. */
const everyday = [
  'steady',
  'duplicates',
  'reordered',
  'delete-before-create',
  'wrong-secret',
  'malformed-json',
];

/** All scenarios of a run together; it holds their traffic in memory. */
const MAX_EVENTS = 20_000;
/** A run that sends for longer is a load test and belongs elsewhere. */
const MAX_SENDING_SECONDS = 900;

type Part = RunOptions['scenarios'][number];
type RequestedPart = NonNullable<RunRequest['scenarios']>[number];
type Resolved<Value> = { readonly value: Value } | { readonly faults: readonly FieldError[] };

const fault = (pointer: string, detail: string): FieldError => ({ pointer, detail });

const parametersOf = (
  { parameters }: Scenario,
  given: Readonly<Record<string, number>>,
  place: string,
): Resolved<Record<string, number>> => {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
  const outside = Object.entries(parameters).filter(([name, { minimum, maximum }]) => {
    const value = given[name];
    return value !== undefined && !(value >= minimum && value <= maximum);
  });
  const faults = [
    ...unknown.map((name) => fault(`${place}/${name}`, 'is no parameter of the scenario')),
    ...outside.map(([name, { minimum, maximum }]) =>
      fault(`${place}/${name}`, `must be ${minimum} to ${maximum}`),
    ),
  ];
  const defaultsOf = Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]);
  return faults.length > 0 ? { faults } : { value: { ...Object.fromEntries(defaultsOf), ...given } };
};

const partOf = (part: RequestedPart, run: typeof defaults, index: number): Resolved<Part> => {
  const place = `/scenarios/${index}`;
  const scenario = findScenario(part.name);
  if (!scenario) return { faults: [fault(`${place}/name`, 'must be a scenario of the list')] };
  const { count = Math.min(run.count, scenario.maxCount ?? run.count), ratePerSecond = run.ratePerSecond } =
    part;
  const parameters = parametersOf(scenario, part.parameters ?? {}, `${place}/parameters`);
  const faults = [
    ...(scenario.maxCount !== undefined && count > scenario.maxCount
      ? [fault(`${place}/count`, `must be at most ${scenario.maxCount} for this scenario`)]
      : []),
    ...(count / ratePerSecond > MAX_SENDING_SECONDS
      ? [fault(`${place}/ratePerSecond`, `is too low: sending may take ${MAX_SENDING_SECONDS} s at most`)]
      : []),
    ...('faults' in parameters ? parameters.faults : []),
  ];
  if (faults.length > 0 || 'faults' in parameters) return { faults };
  return { value: { name: part.name, count, ratePerSecond, parameters: parameters.value } };
};

/** Fills in the defaults and checks what a schema cannot: that there are such scenarios, and that numbers fit. */
export const resolveOptions = (
  request: RunRequest,
): { options: RunOptions } | { faults: readonly FieldError[] } => {
  const { scenarios = everyday.map((name): RequestedPart => ({ name })), ...given } = request;
  const run = { ...defaults, ...given };
  const parts = scenarios.map((part, index) => partOf(part, run, index));
  const faults = parts.flatMap((part) => ('faults' in part ? part.faults : []));
  const values = parts.flatMap((part) => ('value' in part ? [part.value] : []));
  const events = values.reduce((sum, { count }) => sum + count, 0);
  if (events > MAX_EVENTS) faults.push(fault('/scenarios', `must be at most ${MAX_EVENTS} events together`));
  if (faults.length > 0) return { faults };
  const { seed, settleTimeoutSeconds, latencySampleEvery } = run;
  const target = request.target === undefined ? {} : { target: request.target };
  return { options: { scenarios: values, seed, settleTimeoutSeconds, latencySampleEvery, ...target } };
};
