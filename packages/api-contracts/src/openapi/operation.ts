import type { ErrorCode } from '@contact-sync/domain';
import { type TObject, type TSchema, Type } from 'typebox';
import { conditionHeaders } from '../condition-headers.ts';
import { errorReference, errorType } from '../error-reference.ts';
import { errorsOf } from '../implied-errors.ts';
import { limitClasses } from '../limit-class.ts';
import { Problem, titleOfCode } from '../problem.ts';
import type { AnswerContract, RouteContract } from '../route-contract.ts';
import { statusOf } from '../status-of.ts';
import type { Json, SchemaWriter } from './references.ts';

type Place = 'path' | 'query' | 'header';

const neededIn = (schema: TObject | undefined): readonly string[] => schema?.required ?? [];

const parametersIn = (place: Place, schema: TObject | undefined, writer: SchemaWriter): Json[] =>
  Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const { description = name, ...rest } = property as TSchema & { readonly description?: string };
    const isNeeded = place === 'path' || neededIn(schema).includes(name);
    const isDefaulted = 'default' in property;
    return { name, in: place, description, required: isNeeded && !isDefaulted, schema: writer.write(rest) };
  });

/** The headers of a contract's flags, of which only a required If-Match is needed. */
const flagParameters = (route: RouteContract, writer: SchemaWriter): Json[] =>
  parametersIn('header', Type.Object(conditionHeaders(route)), writer).map((parameter) => ({
    ...(parameter as { readonly name: string }),
    required: route.condition === 'if-match' && (parameter as { readonly name: string }).name === 'if-match',
  }));

const answerOf = (
  { description, headers, body, example, stream }: AnswerContract,
  writer: SchemaWriter,
): Json => ({
  description,
  ...(headers && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, header]) => [
        name,
        { description: header.description, required: header.optional !== true, schema: { type: 'string' } },
      ]),
    ),
  }),
  ...(body && {
    content: {
      'application/json': {
        schema: writer.write(body),
        ...(example !== undefined && { example: example as Json }),
      },
    },
  }),
  ...(stream && { content: { [stream]: { schema: { type: 'string' } } } }),
});

const exampleOf = (code: ErrorCode): Json => ({
  summary: titleOfCode(code),
  value: {
    type: errorType(code),
    title: titleOfCode(code),
    status: statusOf[code],
    code,
    detail: errorReference[code].meaning,
    requestId: '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d',
  },
});

const problemsOf = (route: RouteContract, writer: SchemaWriter): Record<string, Json> => {
  const byStatus = Map.groupBy(errorsOf(route), (code) => statusOf[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: `A problem with the code ${codes.join(', ')}`,
        content: {
          'application/problem+json': {
            schema: writer.write(Problem),
            examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
          },
        },
      },
    ]),
  );
};

const bodyOf = ({ body }: RouteContract, writer: SchemaWriter): Json | undefined =>
  body && {
    required: true,
    content: Object.fromEntries(
      (body.types ?? ['application/json']).map((type) => [
        type,
        { schema: writer.write(body.schema), example: body.example as Json },
      ]),
    ),
  };

const accessText = ({ access }: RouteContract): string =>
  access === 'public'
    ? 'Needs no token.'
    : access === 'authenticated'
      ? 'Needs a valid token.'
      : `Needs \`${access}\`.`;

/** A route as an OpenAPI operation (version 3.1, "Operation Object"). */
export const operationOf = (route: RouteContract, tag: string, writer: SchemaWriter): Json => {
  const parameters = [
    ...parametersIn('path', route.params, writer),
    ...parametersIn('query', route.query, writer),
    ...parametersIn('header', route.headers, writer),
    ...flagParameters(route, writer),
  ];
  const requestBody = bodyOf(route, writer);
  return {
    operationId: route.name,
    tags: [tag],
    summary: route.summary,
    description: `${route.description}\n\n${accessText(route)} Takes ${limitClasses[route.limit].cost} of the caller's limit.`,
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody !== undefined && { requestBody }),
    security: route.access === 'public' ? [] : [{ accessToken: [] }],
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, writer)]),
      ),
      ...problemsOf(route, writer),
    },
  };
};
