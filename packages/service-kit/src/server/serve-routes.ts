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
import type { FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { Type } from 'typebox';
import type { App } from './create-server.ts';
import { readAsForm } from './form-bodies.ts';
import { readAsJson } from './json-bodies.ts';

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

type AnyAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
  readonly text?: string;
};

const asItIs = (text: string): string => text;

const send = (reply: FastifyReply, { status, headers, body, text }: AnyAnswer): FastifyReply => {
  reply.code(status);
  if (headers) for (const name in headers) if (headers[name] !== undefined) reply.header(name, headers[name]);
  if (text !== undefined) {
    return reply.header('content-type', 'application/json; charset=utf-8').serializer(asItIs).send(text);
  }
  return body === undefined ? reply.send() : reply.serializer(JSON.stringify).send(body);
};

/** The path as the router spells it. */
const toPattern = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

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

const optionsOf = (route: RouteContract): RouteShorthandOptions => ({
  config: route.access === 'public' ? { public: true } : { permission: route.access },
  schema: schemaOf(route),
  ...(route.body && { bodyLimit: route.body.limitBytes }),
});

/** Has the bodies of a route read as its contract says, and no others. */
const readBodies = (app: App, { body }: RouteContract): void => {
  if (body === undefined) return;
  const { as = 'json', types = ['application/json'] } = body;
  app.removeAllContentTypeParsers();
  for (const type of types) {
    if (as === 'json') readAsJson(app, type);
    else if (as === 'form') readAsForm(app, type);
    else app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  }
};

const assertBound = (contracts: Routes, handlers: Readonly<Record<string, unknown>>): void => {
  const [missing] = Object.keys(contracts).filter((name) => typeof handlers[name] !== 'function');
  if (missing !== undefined) throw new Error(`the route ${missing} has a contract and no handler`);
  const [unknown] = Object.keys(handlers).filter((name) => !Object.hasOwn(contracts, name));
  if (unknown !== undefined) throw new Error(`the route ${unknown} has a handler and no contract`);
};

/**
 * Serves routes by their contracts: parts are validated, bodies read and answers written as each contract says.
 *
 * @throws {Error} at boot where contracts and handlers are not the same set.
 */
export const serveRoutes = async <Contracts extends Routes>(
  app: App,
  contracts: Contracts,
  handlers: RouteHandlers<Contracts>,
): Promise<void> => {
  assertBound(contracts, handlers);
  for (const [name, route] of Object.entries(contracts)) {
    const handle = handlers[name] as (request: FastifyRequest) => AnyAnswer | Promise<AnyAnswer>;
    await app.register(async (scope: App) => {
      readBodies(scope, route);
      scope.route({
        ...optionsOf(route),
        method: route.method,
        url: toPattern(route.path),
        handler: async (request, reply) => send(reply, await handle(request)),
      });
    });
  }
};
