import type { RouteContract } from '@contact-sync/api-contracts';
import type { FastifyInstance } from 'fastify';
import { readAsForm } from './form-bodies.ts';
import { readAsJson } from './json-bodies.ts';

const noBytes = Buffer.alloc(0);

const readAsBytes = (app: FastifyInstance, contentType: string): void => {
  app.addContentTypeParser(contentType, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
};

/** Has the bodies of a route read as its contract says, and no others. Bytes are always some, if none. */
export const readBodies = (app: FastifyInstance, { body }: RouteContract): void => {
  if (body === undefined) return;
  const { as = 'json', types = ['application/json'], numbers = 'by value' } = body;
  app.removeAllContentTypeParsers();
  for (const type of types) {
    if (as === 'json') readAsJson(app, type, { numbers });
    else if (as === 'form') readAsForm(app, type);
    else readAsBytes(app, type);
  }
  if (as !== 'bytes') return;
  app.addHook('preValidation', (request, _reply, done) => {
    request.body ??= noBytes;
    done();
  });
};
