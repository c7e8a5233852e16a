import type { App } from '@contact-sync/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addVary } from '../answers/vary.ts';
import { type ConsoleFile, consoleFolder, readConsoleFiles } from './console-files.ts';

/** Nothing from elsewhere, and no script or style within a page. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

const cacheControlOf = ({ path, hashed }: ConsoleFile): string => {
  if (path === '') return 'no-store';
  return hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
};

/** The encoding that is asked for, of those that there are; `q=0` refuses one (RFC 9110 section 12.5.3). */
const encodingOf = ({ headers }: FastifyRequest): 'br' | 'gzip' | undefined => {
  const asked = String(headers['accept-encoding'] ?? '').split(',');
  return (['br', 'gzip'] as const).find((encoding) =>
    asked.some((one) => {
      const [name, q] = one.split(';').map((part) => part.trim().toLowerCase());
      return name === encoding && !/^q=0(\.0*)?$/.test(q ?? '');
    }),
  );
};

const send = (file: ConsoleFile, request: FastifyRequest, reply: FastifyReply) => {
  const encoding = encodingOf(request);
  addVary(reply, 'accept-encoding');
  if (encoding) reply.header('content-encoding', encoding);
  return reply
    .header('cache-control', cacheControlOf(file))
    .type(file.type)
    .send(file[encoding ?? 'identity']);
};

/**
 * `GET /console/`: the web console, a closed list of static files that speak this gateway's API. Where it was not built,
 * none of it is there, and the log says so.
 */
export const consolePages = async (
  app: App,
  { folder = consoleFolder }: { readonly folder?: string },
): Promise<void> => {
  const files = await readConsoleFiles(folder);
  if (files.length === 0) {
    app.log.warn({ folder }, 'the console is not built, so /console/ is not there: npm run build');
    return;
  }
  app.get('/console', { config: { public: true } }, async (_request, reply) =>
    reply.redirect('/console/', 308),
  );
  for (const file of files) {
    app.get(
      `/console/${file.path}`,
      { config: { public: true }, helmet: { contentSecurityPolicy } },
      async (request, reply) => send(file, request, reply),
    );
  }
};
