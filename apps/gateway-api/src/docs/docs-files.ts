import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A file that a browser loads, in memory. */
export type DocsFile = { readonly type: string; readonly bytes: Buffer };

const css = 'text/css; charset=utf-8';
const javascript = 'text/javascript; charset=utf-8';

const read = async (type: string, file: string | URL): Promise<DocsFile> => ({
  type,
  bytes: await readFile(file),
});

/** All that the page at `/docs` loads, by name: Swagger UI as its package brings it, and the page's own script. */
export const readDocsFiles = async (): Promise<Readonly<Record<string, DocsFile>>> => ({
  'swagger-ui.css': await read(css, require.resolve('swagger-ui-dist/swagger-ui.css')),
  'swagger-ui-bundle.js': await read(javascript, require.resolve('swagger-ui-dist/swagger-ui-bundle.js')),
  'favicon.png': await read('image/png', require.resolve('swagger-ui-dist/favicon-32x32.png')),
  'log-in.js': await read(javascript, new URL('log-in.js', import.meta.url)),
});
