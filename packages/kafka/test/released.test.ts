import { expect, test } from 'vitest';
import { jsonOf, releasedFolder, releasedSchemas } from '../release/released.ts';
import { avroType } from '../src/avro/avro-type.ts';
import { acmeContactCreated, allContracts, createCodec } from '../src/index.ts';
import { fakeRegistry } from './support/fake-registry.ts';
import { fastavroFolder, readWithFastavro } from './support/fastavro.ts';

const subjects = allContracts.map(({ subject }) => subject);

/** Throws unless each schema reads what each other writes. */
const assertFullTransitive = (schemas: readonly object[]): void => {
  const types = schemas.map(avroType);
  for (const reader of types) for (const writer of types) reader.createResolver(writer);
};

test('today’s schema of every topic is kept among its released ones', () => {
  for (const { subject, schema } of allContracts) {
    expect(releasedSchemas(subject).at(-1)?.schema, `${subject}: run npm run release`).toEqual(schema);
  }
});

test.each(allContracts)('every released schema of $topic reads what every other writes', ({ subject }) => {
  assertFullTransitive(releasedSchemas(subject).map(({ schema }) => schema));
});

test('a change that breaks readers or writers is found', () => {
  const schema = acmeContactCreated.schema as { fields: { name: string; type: unknown }[] };
  const changes = {
    'a new member without a default': [...schema.fields, { name: 'note', type: 'string' }],
    'a member less that has no default': schema.fields.filter(({ name }) => name !== 'eventId'),
    'another type': schema.fields.map((field) =>
      field.name === 'eventId' ? { ...field, type: 'long' } : field,
    ),
    'another name': schema.fields.map((field) =>
      field.name === 'eventId' ? { ...field, name: 'id' } : field,
    ),
  };
  for (const [change, fields] of Object.entries(changes)) {
    expect(() => assertFullTransitive([schema, { ...schema, fields }]), change).toThrow();
  }
  const added = [...schema.fields, { name: 'note', type: ['null', 'string'], default: null }];
  expect(() => assertFullTransitive([schema, { ...schema, fields: added }])).not.toThrow();
});

test.each(allContracts)('today’s reader of $topic reads the records of every release', async (contract) => {
  const released = releasedSchemas(contract.subject);
  expect(released.flatMap(({ records }) => records).length).toBeGreaterThanOrEqual(2);
  for (const { version, schema, records } of released) {
    const { registry } = fakeRegistry();
    const codec = createCodec({
      registry: {
        ...registry,
        schemaOf: async (id) => (id === version ? JSON.stringify(schema) : undefined),
      },
    });
    for (const { name, bytes, json } of records) {
      const value = await codec.decode({ ...contract, fromRecord: (record) => record }, bytes);
      expect(jsonOf(value), `${contract.subject} ${name}`).toMatchObject(json as object);
      await codec.decode(contract, bytes);
    }
  }
});

test('Python’s fastavro reads the records of every release as we do', async ({ skip }) => {
  const python = await fastavroFolder();
  if ('missing' in python) return skip(`no Python with fastavro here: ${python.missing}`);
  const expected = subjects
    .toSorted()
    .flatMap((subject) =>
      releasedSchemas(subject).flatMap(({ records }) =>
        records.map(({ name, json }) => [`${subject}/${name}`, json] as const),
      ),
    );
  const read = (await readWithFastavro(python.folder, releasedFolder)) as {
    name: string;
    by: string;
    record: unknown;
  }[];
  expect(read).toHaveLength(2 * expected.length);
  for (const { name, by, record } of read) {
    expect(record, `${name} by the ${by} schema`).toMatchObject(
      new Map<string, unknown>(expected).get(name) as object,
    );
  }
});
