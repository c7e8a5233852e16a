import { readFile } from 'node:fs/promises';
import { AppError, errorCodes } from '@contact-sync/domain';
import { expect, test } from 'vitest';
import { createLogger, createMetrics, createServer, errorPage, toProblem } from '../index.ts';
import { errorCodesDocument } from './error-page.ts';

const document = await readFile(new URL('../../../../docs/error-codes.md', import.meta.url), 'utf8');

test('docs/error-codes.md is what npm run generate:errors writes', () => {
  expect(document).toBe(errorCodesDocument());
});

test.each(errorCodes)('%s has its status, meaning and remedy in docs/error-codes.md', (code) => {
  expect(document).toMatch(new RegExp(`^\\| \`${code}\` \\| \\d{3} \\| .{10,} \\| .{10,} \\|$`, 'm'));
});

test("whoever follows a problem's type at the service that answered comes to the entry of its code", async () => {
  const logger = createLogger({ level: 'silent', service: 'test' });
  const app = await createServer({ logger, metrics: createMetrics('test') });
  await app.register(errorPage);
  const refused = await app.inject('/nowhere');
  const { type, code } = refused.json();
  const { pathname, hash } = new URL(type, 'http://service.example/nowhere');
  const { statusCode, headers, body } = await app.inject(pathname);
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(hash).toBe(`#${code}`);
  expect(body).toContain(`<h2 id="${code}">`);
});

test.each(errorCodes)('a problem %s names its entry', (code) => {
  const { type } = toProblem(new AppError(code, { message: 'x' }), 'r1');
  expect(type).toBe(`/docs/errors#${code}`);
});
