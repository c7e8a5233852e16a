import type { Static, TSchema } from 'typebox';
import type { AnswerContract, RouteContract } from './route-contract.ts';

type StaticOf<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** The headers that a contract's own flags add to those it names. */
type FlagHeaders<Route extends RouteContract> = (Route['idempotencyKey'] extends true
  ? { readonly 'idempotency-key'?: string }
  : unknown) &
  (Route['condition'] extends 'if-match' | 'if-match-optional' ? { readonly 'if-match'?: string } : unknown) &
  (Route['condition'] extends 'if-none-match' ? { readonly 'if-none-match'?: string } : unknown);

export type ParamsOf<Route extends RouteContract> = StaticOf<Route['params']>;
/** As a handler gets it: coerced, with defaults. */
export type QueryOf<Route extends RouteContract> = StaticOf<Route['query']>;
export type HeadersOf<Route extends RouteContract> = (Route['headers'] extends TSchema
  ? Static<Route['headers']>
  : unknown) &
  FlagHeaders<Route>;
export type BodyOf<Route extends RouteContract> = Route['body'] extends { readonly as: 'bytes' }
  ? Buffer
  : Route['body'] extends { readonly schema: TSchema }
    ? Static<Route['body']['schema']>
    : undefined;

declare const described: unique symbol;

/** JSON text of a value of that type, made without the value: a stored answer, say. */
export type JsonText<Value> = string & { readonly [described]: Value };

/** Says of a text that it is the JSON of a value of that type; the caller vouches for it. */
export const jsonTextOf = <Value>(text: string): JsonText<Value> => text as JsonText<Value>;

type BodyOfAnswer<Answer extends AnswerContract> = Answer['stream'] extends string
  ? { readonly stream: AsyncIterable<string> }
  : Answer['body'] extends TSchema
    ? { readonly body: Static<Answer['body']> } | { readonly text: JsonText<Static<Answer['body']>> }
    : unknown;

type HeadersOfAnswer<Answer extends AnswerContract> = Answer extends { readonly headers: infer Headers }
  ? {
      readonly headers: {
        readonly [Name in keyof Headers as Headers[Name] extends { readonly optional: true }
          ? never
          : Name]: string;
      } & {
        readonly [Name in keyof Headers as Headers[Name] extends { readonly optional: true }
          ? Name
          : never]?: string;
      };
    }
  : { readonly headers?: undefined };

/** An answer that the contract allows: its status, with that status's body and headers, and no other. */
export type AnswerOf<Route extends RouteContract> = {
  readonly [Status in keyof Route['answers'] & number]: { readonly status: Status } & BodyOfAnswer<
    Route['answers'][Status]
  > &
    HeadersOfAnswer<Route['answers'][Status]>;
}[keyof Route['answers'] & number];

/** What an answer's JSON is, by status; for callers. */
export type AnswerBodyOf<
  Route extends RouteContract,
  Status extends keyof Route['answers'],
> = Route['answers'][Status] extends { readonly body: TSchema }
  ? Static<Route['answers'][Status]['body']>
  : undefined;
