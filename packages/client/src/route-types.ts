import type {
  AnswerBodyOf,
  BodyOf,
  ParamsOf,
  publicRoutes,
  QueryOf,
  RouteContract,
} from '@contact-sync/api-contracts';

type Streaming = { readonly answers: { readonly 200: { readonly stream: string } } };
type PublicRoutes = typeof publicRoutes;

/** Every route of the gateway, by name; answers that go on and on are for readers of streams. */
export type ApiRoutes = {
  readonly [Name in keyof PublicRoutes as PublicRoutes[Name] extends Streaming
    ? never
    : Name]: PublicRoutes[Name];
};
export type RouteName = keyof ApiRoutes;
/** The routes whose answers go on and on. */
export type StreamName = Exclude<keyof PublicRoutes, RouteName>;

type Given<Name extends string, Value> = Value extends undefined
  ? unknown
  : { readonly [Key in Name]: Value };

type Conditions<Route extends RouteContract> = Route['condition'] extends 'if-match'
  ? { /** The `etag` of the version that was read. */ readonly ifMatch: string }
  : Route['condition'] extends 'if-match-optional'
    ? { readonly ifMatch?: string }
    : Route['condition'] extends 'if-none-match'
      ? { readonly ifNoneMatch?: string }
      : unknown;

/** What a call of a route takes. */
export type CallInput<Route extends RouteContract> = Given<'params', ParamsOf<Route>> &
  (QueryOf<Route> extends undefined ? unknown : { readonly query?: Partial<QueryOf<Route>> }) &
  Given<'body', BodyOf<Route>> &
  Conditions<Route> &
  // Made by the client where it is left out, and kept through its retries.
  (Route['idempotencyKey'] extends true ? { readonly idempotencyKey?: string } : unknown);

/** What a call gives: one of the contract's answers. Every problem is thrown. */
export type CallAnswer<Route extends RouteContract> = {
  [Status in keyof Route['answers'] & number]: {
    readonly status: Status;
    readonly body: AnswerBodyOf<Route, Status>;
    readonly etag: string | undefined;
    readonly location: string | undefined;
    readonly headers: Headers;
  };
}[keyof Route['answers'] & number];

/** What holds for one call alone. */
export type CallOptions = {
  /** Ends the call, its waits and its repetitions; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Sent too, `Cache-Control` or `traceparent`, say; headers that the client makes win over them. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** One route as a method: resolves with an answer of the contract, throws every problem as `ApiProblem`, silence as `NoAnswer`. */
export type Call<Route extends RouteContract> =
  unknown extends CallInput<Route>
    ? (input?: Record<never, never>, options?: CallOptions) => Promise<CallAnswer<Route>>
    : Partial<CallInput<Route>> extends CallInput<Route>
      ? (input?: CallInput<Route>, options?: CallOptions) => Promise<CallAnswer<Route>>
      : (input: CallInput<Route>, options?: CallOptions) => Promise<CallAnswer<Route>>;

type ItemsOf<Route extends RouteContract> =
  AnswerBodyOf<Route, 200> extends { items: (infer Item)[] } ? Item : never;

/** Routes that answer page by page. */
export type ListRouteName = {
  [Name in RouteName]: [ItemsOf<ApiRoutes[Name]>] extends [never] ? never : Name;
}[RouteName];

/** Walks a list by its cursors, a page at a time, and gives each item. */
export type Walk<Route extends RouteContract> = (
  input: CallInput<Route>,
  options?: CallOptions,
) => AsyncGenerator<ItemsOf<Route>, void, void>;
