import { readFileSync } from 'node:fs';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';
import { Parser } from '@asyncapi/parser';
import { allContracts } from '@contact-sync/kafka';
import { describe, expect, it } from 'vitest';
import { readTopicFile } from '../topic-file.ts';
import { asyncApiDocument } from './document.ts';

const text = asyncApiDocument();

const parse = (source: string) => {
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  return parser.parse(source);
};

describe('the AsyncAPI document', () => {
  it('is committed as it is made: npm run generate:asyncapi', () => {
    expect(readFileSync(new URL('../../../docs/asyncapi.json', import.meta.url), 'utf8')).toBe(text);
  });

  it('is AsyncAPI 3 with Avro that can be read, without an error or a warning', async () => {
    const { document, diagnostics } = await parse(text);
    // 3.0 is what most tools read; nothing here needs 3.1.
    const faults = diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version');
    expect(faults.map(({ code, message, path }) => `${code}: ${message} at ${path.join('/')}`)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
  });

  it('has every declared topic, and on its own topic the schema and a record that was released with it', async () => {
    const { document } = await parse(text);
    const channels = document?.channels().all() ?? [];
    const declared = readTopicFile(readFileSync(new URL('../topics.yaml', import.meta.url), 'utf8')).topics;
    expect(channels.map((channel) => channel.address())).toEqual(declared.map(({ name }) => name));
    const { messages } = JSON.parse(text).components;
    for (const { topic, schema } of allContracts) {
      const carried =
        channels
          .find((channel) => channel.address() === topic)
          ?.messages()
          .all() ?? [];
      expect(carried.map((message) => message.title())).toEqual([topic]);
      expect(messages[topic].payload.schema).toEqual(schema);
      expect(messages[topic].examples.map(({ name }: { name: string }) => name)).toEqual(['full', 'minimal']);
    }
  });

  it('is not taken where it says what AsyncAPI does not know', async () => {
    const { diagnostics } = await parse(text.replace('"action": "send"', '"action": "shout"'));
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});
