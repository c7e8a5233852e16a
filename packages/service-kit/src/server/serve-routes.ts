import { Readable } from 'node:stream';
import {
  type AnswerOf,
  type BodyOf,
  conditionHeaders,
  type HeadersOf,
  type ParamsOf,
  type QueryOf,
  type RouteContract,
  type Routes,
} from '@contact-sync/api-contracts';
import type { FastifyContextConfig, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Type } from 'typebox';
import type { App } from './create-server.ts';
import { readBodies } from './read-bodies.ts';

/** A request to a route, its parts judged and typed by the contract. */
export type RequestTo<Route extends RouteContract> = FastifyRequest<{
  Params: ParamsOf<Route>;
  Querystring: QueryOf<Route>;
  Headers: HeadersOf<Route>;
  Body: BodyOf<Route>;
}>;

/** Answers a request in one of the ways that the contract allows. What it throws becomes a problem. */
export type RouteHandler<Route extends RouteContract> = (
  request: RequestTo<Route>,
) => AnswerOf<Route> | Promise<AnswerOf<Route>>;

/** One handler for each contract. */
export type RouteHandlers<Contracts extends Routes> = {
  readonly [Name in keyof Contracts]: RouteHandler<Contracts[Name]>;
};

type Hooks = Pick<RouteOptions, 'preParsing' | 'preValidation' | 'preSerialization' | 'errorHandler'>;

/** What is to be done around a handler, or to what it gets: hooks of Fastify's for one route alone, by its name. */
export type RouteHooks<Contracts extends Routes> = { readonly [Name in keyof Contracts]?: Hooks };

type AnyAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
  readonly text?: string;
  readonly stream?: AsyncIterable<string>;
};

const asItIs = (text: string): string => text;

const send = (reply: FastifyReply, { status, headers, body, text, stream }: AnyAnswer): FastifyReply => {
  reply.code(status);
  if (headers) for (const name in headers) if (headers[name] !== undefined) reply.header(name, headers[name]);
  if (stream) return reply.header('content-type', 'text/event-stream').send(Readable.from(stream));
  if (text === undefined && body === undefined) return reply.send();
  // A serializer of its own leaves an answer without a type.
  reply.header('content-type', 'application/json; charset=utf-8');
  return text === undefined
    ? reply.serializer(JSON.stringify).send(body)
    : reply.serializer(asItIs).send(text);
};

/** The path of a contract as the router spells it. */
export const routePattern = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const schemaOf = ({ params, query, headers, body, ...route }: RouteContract) => {
  const flags = conditionHeaders(route);
  const named = { ...headers?.properties, ...flags };
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(Object.keys(named).length > 0 && { headers: Type.Object(named) }),
    ...(body && body.as !== 'bytes' && { body: body.schema }),
  };
};

const configOf = (contract: RouteContract): FastifyContextConfig =>
  contract.access === 'public' ? { contract, public: true } : { contract, permission: contract.access };

const optionsOf = (route: RouteContract) => ({
  method: route.method,
  config: configOf(route),
  schema: schemaOf(route),
  ...(route.body && { bodyLimit: route.body.limitBytes }),
});

/** The paths at which a route is served, as the router spells them. */
const patternsOf = ({ path, trailingSlash }: RouteContract): string[] => {
  const pattern = routePattern(path);
  return trailingSlash ? [pattern, `${pattern}/`] : [pattern];
};

type ByName = Readonly<Record<string, unknown>>;

const assertBound = (contracts: Routes, handlers: ByName, hooks: ByName): void => {
  const [missing] = Object.keys(contracts).filter((name) => typeof handlers[name] !== 'function');
  if (missing !== undefined) throw new Error(`the route ${missing} has a contract and no handler`);
  const strange = (names: ByName) => Object.keys(names).find((name) => !Object.hasOwn(contracts, name));
  const [handled, hooked] = [strange(handlers), strange(hooks)];
  if (handled !== undefined) throw new Error(`the route ${handled} has a handler and no contract`);
  if (hooked !== undefined) throw new Error(`the route ${hooked} has hooks and no contract`);
};

/**
 * Serves routes by their contracts: parts are validated, bodies read and answers written as each contract says, and
 * `hooks` do the rest by route.
 *
 * @throws {Error} at boot where contracts and handlers are not the same set, or hooks name another route.
 */
export const serveRoutes = async <Contracts extends Routes>(
  app: App,
  contracts: Contracts,
  handlers: RouteHandlers<Contracts>,
  hooks: RouteHooks<Contracts> = {},
): Promise<void> => {
  assertBound(contracts, handlers, hooks);
  for (const [name, route] of Object.entries(contracts)) {
    const handle = handlers[name] as (request: FastifyRequest) => AnyAnswer | Promise<AnyAnswer>;
    await app.register(async (scope: App) => {
      readBodies(scope, route);
      const handler = async (request: FastifyRequest, reply: FastifyReply) =>
        send(reply, await handle(request));
      for (const url of patternsOf(route)) scope.route({ ...optionsOf(route), ...hooks[name], url, handler });
    });
  }
};
