import type { App } from '@contact-sync/service-kit';
import { readDocsFiles } from './docs-files.ts';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>contact-sync API</title>
<link rel="icon" href="/docs/favicon.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div class="swagger-ui">
<form id="log-in" class="wrapper">
<label>E-mail <input name="email" type="email" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button class="btn authorize">Log in</button>
<output></output>
</form>
</div>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script type="module" src="/docs/log-in.js"></script>
</body>
</html>
`;

/** Nothing from elsewhere and no script in the page; Swagger UI styles elements by attributes and has its icons inline. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const cacheControl = 'public, max-age=3600';

/**
 * `GET /docs`: the contracts to read and to try, with a form to log in. All of it comes from this process, a closed list
 * of files; it works without a way to the outside.
 */
export const docsPage = async (app: App): Promise<void> => {
  app.get('/docs', { config: { public: true }, helmet: { contentSecurityPolicy } }, async (_request, reply) =>
    reply.header('cache-control', cacheControl).type('text/html; charset=utf-8').send(page),
  );
  for (const [name, { type, bytes }] of Object.entries(await readDocsFiles())) {
    app.get(`/docs/${name}`, { config: { public: true } }, async (_request, reply) =>
      reply.header('cache-control', cacheControl).type(type).send(bytes),
    );
  }
};
