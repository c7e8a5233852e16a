import { defineConfig } from 'vite';

const gateway = process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:3000';

/** Static files under `/console/`, which the gateway serves; nothing is loaded from elsewhere, and nothing stands inline. */
export default defineConfig({
  base: '/console/',
  resolve: { conditions: ['source'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // `npm run live -w packages/console` beside a gateway that runs.
  server: { proxy: { '/api': gateway } },
});
