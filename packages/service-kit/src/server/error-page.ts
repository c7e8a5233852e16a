import { ERROR_PAGE, type ErrorEntry, errorReference, statusOf } from '@contact-sync/api-contracts';
import type { ErrorCode } from '@contact-sync/domain';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

const entries = Object.entries(errorReference) as [ErrorCode, ErrorEntry][];

const INTRODUCTION =
  'Every problem (RFC 9457) that a service answers, and every dead letter, carries one of these codes. A code never changes its meaning.';

const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');

const page = [
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Error codes</title><h1>Error codes</h1>',
  `<p>${INTRODUCTION}</p>`,
  ...entries.map(
    ([code, { meaning, remedy }]) =>
      `<h2 id="${code}">${code} (${statusOf[code]})</h2><p>${html(meaning)}</p><p>${html(remedy)}</p>`,
  ),
  '</html>',
].join('\n');

/** The same as a page of the repository: docs/error-codes.md. */
export const errorCodesDocument = (): string =>
  [
    '# Error codes',
    '',
    INTRODUCTION,
    `A problem's \`type\` leads to its entry at the gateway and at webhook-ingest: \`${ERROR_PAGE}#CODE\`. The HTTP status is the one`,
    'of an answer; a code that only dead letters carry has the status that it would have.',
    '',
    'Made by `npm run generate:errors` from packages/api-contracts/src/error-reference.ts.',
    '',
    '| code | status | what it means | what to do |',
    '| --- | --- | --- | --- |',
    ...entries.map(
      ([code, { meaning, remedy }]) => `| \`${code}\` | ${statusOf[code]} | ${meaning} | ${remedy} |`,
    ),
    '',
  ].join('\n');

/** Serves what each code means, for whoever follows a problem's `type`; for the services that answer the outside. */
export const errorPage = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.get(ERROR_PAGE, { config: { public: true } }, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type('text/html; charset=utf-8').send(page),
    );
  },
  { name: 'error-page' },
);
