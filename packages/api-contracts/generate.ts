import { writeFile } from 'node:fs/promises';
import { httpReference } from './src/http-reference.ts';
import { acmeDocument, gatewayDocument, webhookDocument } from './src/openapi/documents.ts';

/** The committed documents: file name below `docs/` and text. */
export const documentTexts = (): Readonly<Record<string, string>> => ({
  'http.md': httpReference(),
  'openapi/acme.json': `${JSON.stringify(acmeDocument(), null, 2)}\n`,
  'openapi/gateway.json': `${JSON.stringify(gatewayDocument(), null, 2)}\n`,
  'openapi/webhook.json': `${JSON.stringify(webhookDocument(), null, 2)}\n`,
});

export const documentFolder = new URL('../../docs/', import.meta.url);

if (import.meta.main) {
  for (const [name, text] of Object.entries(documentTexts()))
    await writeFile(new URL(name, documentFolder), text);
}
