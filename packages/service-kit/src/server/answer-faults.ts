import { errorsOf, Problem, type RouteContract, statusOf } from '@contact-sync/api-contracts';
import { type Check, compileCheck, type ErrorCode } from '@contact-sync/domain';
import type { TSchema } from 'typebox';

/** An answer as it goes out. */
export type SentAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

/** The schema without the freedom to add members, on which answers do not rely. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return Object.hasOwn(parts, 'properties') ? { additionalProperties: false, ...parts } : parts;
};

const checks = new WeakMap<TSchema, Check>();

const checkOf = (schema: TSchema): Check => {
  const check = checks.get(schema) ?? compileCheck(closed(schema) as TSchema);
  checks.set(schema, check);
  return check;
};

const bodyFaults = (schema: TSchema, text: string): string[] =>
  checkOf(schema)(JSON.parse(text)).map(({ pointer, detail }) => `${pointer} ${detail}`);

const json = /^application\/json(?:;|$)/;

const jsonFaults = (schema: TSchema, { headers, body }: SentAnswer): string[] =>
  json.test(String(headers['content-type'])) ? bodyFaults(schema, body) : ['its body is not called JSON'];

const missingFrom = (headers: SentAnswer['headers'], names: readonly string[]): string[] =>
  names.filter((name) => headers[name] === undefined).map((name) => `the header ${name} is missing`);

const headersOfProblem: Readonly<Record<number, readonly string[]>> = {
  401: ['www-authenticate'],
  429: ['retry-after'],
  503: ['retry-after'],
};

const problemFaults = (contract: RouteContract, { status, headers, body }: SentAnswer): string[] => {
  if (headers['content-type'] !== 'application/problem+json') return ['it is no problem+json'];
  const code = (JSON.parse(body) as Problem).code as ErrorCode;
  return [
    ...bodyFaults(Problem, body),
    ...(errorsOf(contract).includes(code) ? [] : [`the code ${code} is not among the contract's`]),
    ...(statusOf[code] === status ? [] : [`the code ${code} has another status`]),
    ...missingFrom(headers, headersOfProblem[status] ?? []),
  ];
};

/**
 * In what an answer does not hold its contract: its status, its body by schema and without members that no schema names,
 * the headers that are promised and the content type; a problem's code. None where it does.
 */
export const answerFaults = (contract: RouteContract, answer: SentAnswer): string[] => {
  const { status, headers, body } = answer;
  const promised = contract.answers[status];
  // A contract may have an error of its own, where it is another's API that is served.
  if (status >= 400 && promised === undefined) return problemFaults(contract, answer);
  if (promised === undefined) return ['the contract has no such status'];
  const names = Object.entries(promised.headers ?? {}).flatMap(([name, { optional }]) =>
    optional ? [] : name,
  );
  const faults = missingFrom(headers, names);
  // Its texts are made one by one, and none of them is known yet.
  if (promised.stream !== undefined)
    return headers['content-type'] === promised.stream ? faults : [...faults, `it is no ${promised.stream}`];
  if (promised.body !== undefined) return [...faults, ...jsonFaults(promised.body, answer)];
  return body === '' ? faults : [...faults, 'the contract has no body'];
};
