import { mkdir, writeFile } from 'node:fs/promises';
import { gatewayDocument, webhookDocument } from './src/openapi/documents.ts';

/** The committed documents: file name below `docs/openapi/` and text. */
export const documentTexts = (): Readonly<Record<string, string>> => ({
  'gateway.json': `${JSON.stringify(gatewayDocument(), null, 2)}\n`,
  'webhook.json': `${JSON.stringify(webhookDocument(), null, 2)}\n`,
});

export const documentFolder = new URL('../../docs/openapi/', import.meta.url);

if (import.meta.main) {
  await mkdir(documentFolder, { recursive: true });
  for (const [name, text] of Object.entries(documentTexts()))
    await writeFile(new URL(name, documentFolder), text);
}
