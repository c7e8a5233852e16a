import type { ErrorCode, JsonBounds } from '@contact-sync/domain';
import type { TObject, TSchema } from 'typebox';
import type { LimitClass } from './limit-class.ts';
import type { InternalScope, Permission } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Which app answers. */
export type ServiceName =
  | 'gateway-api'
  | 'auth-service'
  | 'contact-service'
  | 'webhook-ingest'
  | 'event-worker'
  | 'webhook-simulator';

/** What a caller needs: nothing, any valid token, a permission, or (under `/internal`) a scope of machines. */
export type RouteAccess = 'public' | 'authenticated' | Permission | InternalScope;

export type BodyContract = {
  readonly schema: TSchema;
  /** Media types that are taken; `application/json` by default. */
  readonly types?: readonly [string, ...string[]];
  /**
   * What the handler gets: the parsed and validated value, or the bytes as they came, which it judges itself. `json` by
   * default.
   */
  readonly as?: 'json' | 'form' | 'bytes';
  /** How numbers of JSON are read; `by value` by default. */
  readonly numbers?: JsonBounds['numbers'];
  readonly limitBytes: number;
  readonly example: unknown;
};

export type HeaderContract = { readonly description: string; readonly optional?: true };

export type AnswerContract = {
  readonly description: string;
  readonly body?: TSchema;
  readonly example?: unknown;
  /** Of an answer that goes on, a text at a time; it has no schema. */
  readonly stream?: 'text/event-stream';
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, HeaderContract>>;
};

/** One HTTP route as data (design section 4, "Routes are data"). */
export type RouteContract = {
  /** Unique; the operation's id in OpenAPI and its name in the client. */
  readonly name: string;
  readonly method: Method;
  /** With parameters in braces, each a whole segment: `/api/v1/contacts/{id}`. */
  readonly path: `/${string}`;
  /** Whether the path with a slash behind it is the same. */
  readonly trailingSlash?: true;
  readonly service: ServiceName;
  readonly access: RouteAccess;
  /** A line for a list. */
  readonly summary: string;
  /** What it guarantees. */
  readonly description: string;
  readonly limit: LimitClass;
  /** How long an answer may take to begin; the gateway's setting where absent. */
  readonly timeoutMs?: number;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly headers?: TObject;
  readonly body?: BodyContract;
  /** Takes an Idempotency-Key (design rule 7). */
  readonly idempotencyKey?: true;
  /** Whether If-Match is required or heeded, or If-None-Match is heeded (RFC 9110 section 13). */
  readonly condition?: 'if-match' | 'if-match-optional' | 'if-none-match';
  /** Every answer that is no error, by status. */
  readonly answers: Readonly<Record<number, AnswerContract>>;
  /** Codes beyond those that follow from the rest of the contract. */
  readonly errors: readonly ErrorCode[];
};

/** Contracts by name. */
export type Routes = Readonly<Record<string, RouteContract>>;
