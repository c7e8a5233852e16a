import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createLogger, createMetrics, createServer } from '@contact-sync/service-kit';
import fastifyHelmet from '@fastify/helmet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consolePages } from '../src/console/console-pages.ts';

const page = '<!doctype html><script type="module" src="/console/assets/index-a1.js"></script>';
const script = `console.log('${'so long that compressing pays; '.repeat(40)}')`;

const serve = async (folder: string) => {
  const app = await createServer({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });
  await app.register(fastifyHelmet);
  await app.register(consolePages, { folder });
  return app;
};

let folder: string;
let app: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'assets/index-a1.js'), script);
  app = await serve(folder);
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('GET /console/', () => {
  it('is a page for anybody that nobody keeps, with a policy that lets in nothing but its own files', async () => {
    const { statusCode, body, headers } = await app.inject('/console/');
    expect([statusCode, body, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      page,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(String(headers['content-security-policy']).split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('is found without its slash too', async () => {
    const { statusCode, headers } = await app.inject('/console');
    expect([statusCode, headers.location]).toEqual([308, '/console/']);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ])('gives a file that may be kept for ever, asked with %s', async (asked, encoding) => {
    const { headers, rawPayload } = await app.inject({
      url: '/console/assets/index-a1.js',
      headers: { 'accept-encoding': asked },
    });
    expect([headers['content-encoding'], headers['cache-control'], headers.vary]).toEqual([
      encoding,
      'public, max-age=31536000, immutable',
      'accept-encoding',
    ]);
    const unpacked = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''];
    expect((unpacked?.(rawPayload) ?? rawPayload).toString()).toBe(script);
  });

  it('gives no other file', async () => {
    for (const path of ['index.html', 'assets/', 'assets/index-a1.js.map', '../package.json', '%2e%2e/x']) {
      expect((await app.inject(`/console/${path}`)).statusCode).toBe(404);
    }
  });

  it('is not there where it was not built', async () => {
    const without = await serve(join(folder, 'nowhere'));
    expect((await without.inject('/console/')).statusCode).toBe(404);
    await without.close();
  });
});
