import { readFile } from 'node:fs/promises';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it, test } from 'vitest';
import { documentFolder, documentTexts } from '../generate.ts';

const documents = Object.entries(documentTexts());
const openApiDocuments = documents.filter(([name]) => name.startsWith('openapi/'));

test.each(documents)(
  'docs/%s is committed as it is made: npm run generate -w packages/api-contracts',
  async (name, text) => {
    expect(await readFile(new URL(name, documentFolder), 'utf8')).toBe(text);
  },
);

describe.each(openApiDocuments)('the OpenAPI document docs/%s', (name, text) => {
  it("keeps the rules of Redocly's recommended set, without a warning", async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: {
        // It is the operator's own address and the operator's own terms.
        'info-license': 'off',
        'no-server-example.com': 'off',
        'operation-4xx-response': 'error',
        'operation-description': 'error',
        'no-invalid-media-type-examples': 'error',
        'no-invalid-schema-examples': 'error',
        'parameter-description': 'error',
        'tag-description': 'error',
      },
    });
    const found = await lintFromString({ source: text, absoluteRef: name, config });
    expect(
      found.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`),
    ).toEqual([]);
  });
});
