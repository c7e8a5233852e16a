import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

type AvroField = { readonly name: string; readonly type: AvroType; readonly doc?: string };
type AvroType =
  | string
  | readonly AvroType[]
  | {
      readonly type: 'record';
      readonly name: string;
      readonly doc?: string;
      readonly fields: readonly AvroField[];
    }
  | { readonly type: 'array'; readonly items: AvroType }
  | { readonly type: 'map'; readonly values: AvroType };

const schemaFolder = new URL('./schemas/', import.meta.url);
const outputFolder = new URL('./src/generated/', import.meta.url);

const primitives: Readonly<Record<string, string>> = {
  null: 'null',
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  float: 'number',
  double: 'number',
  bytes: 'Buffer',
};

const camelCase = (topic: string) => topic.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascalCase = (topic: string) => camelCase(`.${topic}`);
const comment = (doc: string | undefined, indent = '') =>
  doc === undefined ? '' : `${indent}/** ${doc} */\n`;

/** Writes one record and, before it, the records inside it; returns the name of its type. */
const recordType = (
  record: Extract<AvroType, { type: 'record' }>,
  name: string,
  written: string[],
): string => {
  const typeOf = (type: AvroType): string => {
    if (typeof type === 'string') {
      const primitive = primitives[type];
      if (primitive === undefined) throw new Error(`${name}: no TypeScript type for Avro's ${type}`);
      return primitive;
    }
    if (Array.isArray(type)) return type.map(typeOf).join(' | ');
    const complex = type as Exclude<AvroType, string | readonly AvroType[]>;
    if (complex.type === 'record') return recordType(complex, `${name}${complex.name}`, written);
    if (complex.type === 'array') return `${typeOf(complex.items)}[]`;
    return `{ [name: string]: ${typeOf(complex.values)} }`;
  };
  const fields = record.fields.map(
    (field) => `${comment(field.doc, '  ')}  ${field.name}: ${typeOf(field.type)};\n`,
  );
  written.push(`${comment(record.doc)}type ${name} = {\n${fields.join('')}};\n`);
  return name;
};

const sourceOf = (topic: string, schemaText: string): string => {
  const schema = JSON.parse(schemaText) as Extract<AvroType, { type: 'record' }>;
  const types: string[] = [];
  recordType(schema, pascalCase(topic), types);
  const whole = types.pop() ?? '';
  const publicType = whole.replace(/^type /m, 'export type ');
  const head = `// Generated from schemas/${topic}.avsc by generate.ts. Do not edit.\n`;
  const constant = `/** The schema of ${topic} as it is registered. */\nexport const ${camelCase(topic)}Schema = ${JSON.stringify(schema, null, 2)};\n`;
  return [head, ...types, publicType, constant].join('\n');
};

/** What every file of `src/generated` has to hold, by file name; a test compares it with what stands there. */
export const generatedSources = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(schemaFolder)
      .toSorted()
      .map((file) => {
        const topic = file.replace(/\.avsc$/, '');
        const source = sourceOf(topic, readFileSync(new URL(file, schemaFolder), 'utf8'));
        return [`${topic.replaceAll('.', '-')}.ts`, source];
      }),
  );

if (import.meta.main) {
  for (const [file, source] of generatedSources()) writeFileSync(new URL(file, outputFolder), source);
}
