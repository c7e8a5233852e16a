import { uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { releasedSchemas } from '../release/released.ts';
import { avroType } from '../src/avro/avro-type.ts';
import { acmeContactCreated, allContracts, createRegistry, deploySchemas } from '../src/index.ts';
import { registryUrl } from './support/servers.ts';

const address = () => ({ url: registryUrl() });
const schema = acmeContactCreated.schema as { fields: { name: string; type: unknown }[] };

const own = (fields: object[]) => {
  const topic = `${uniquePrefix()}topic`;
  return { ...acmeContactCreated, topic, subject: `${topic}-value`, schema: { ...schema, fields } };
};

const level = async (subject: string): Promise<unknown> => {
  const response = await fetch(`${registryUrl()}/config/${subject}`);
  return ((await response.json()) as { compatibilityLevel: unknown }).compatibilityLevel;
};

test('a schema is found by its content once it is deployed, and before that the deploy step is named', async () => {
  const registry = createRegistry(address());
  const contract = own(schema.fields);
  await expect(registry.idOf(contract.subject, contract.schema)).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    retryable: true,
    internal: expect.stringContaining('deploy:topics'),
  });
  const [report] = await deploySchemas(address(), [contract]);
  expect(await registry.idOf(contract.subject, contract.schema)).toBe(report?.id);
  const found = await registry.schemaOf(report?.id ?? 0);
  expect(avroType(JSON.parse(found ?? '') as object).equals(avroType(contract.schema))).toBe(true);
  expect(await level(contract.subject)).toBe('FULL_TRANSITIVE');
});

test('an id that the registry does not know is no schema', async () => {
  expect(await createRegistry(address()).schemaOf(2_000_000_000)).toBeUndefined();
});

test.each([0, 2 ** 31, 2 ** 32 - 1])('an id that no registry gives, %i, is no schema either', async (id) => {
  expect(await createRegistry(address()).schemaOf(id)).toBeUndefined();
});

test('deploying again makes no new version, nor does another spelling of the same schema', async () => {
  const contract = own(schema.fields);
  const first = await deploySchemas(address(), [contract]);
  expect(await deploySchemas(address(), [contract])).toEqual(first);
  const { fields, ...rest } = contract.schema;
  expect(await deploySchemas(address(), [{ ...contract, schema: { fields, ...rest } }])).toEqual(first);
});

test('several deployments of one schema at the same moment all end with its one version', async () => {
  for (let round = 0; round < 10; round += 1) {
    const contract = own(schema.fields);
    const reports = await Promise.all(Array.from({ length: 4 }, () => deploySchemas(address(), [contract])));
    expect(reports.flat()).toEqual(Array(4).fill({ ...reports[0]?.[0], version: 1 }));
  }
});

test('a compatible next version is taken, and each build finds its own id', async () => {
  const contract = own(schema.fields);
  const next = {
    ...contract,
    schema: {
      ...schema,
      fields: [...schema.fields, { name: 'note', type: ['null', 'string'], default: null }],
    },
  };
  const [first] = await deploySchemas(address(), [contract]);
  const [second] = await deploySchemas(address(), [next]);
  expect(second).toMatchObject({ version: 2 });
  const registry = createRegistry(address());
  expect(await registry.idOf(contract.subject, contract.schema)).toBe(first?.id);
  expect(await registry.idOf(next.subject, next.schema)).toBe(second?.id);
});

test.each([
  ['a new member without a default', [...schema.fields, { name: 'note', type: 'string' }]],
  ['a member less that has no default', schema.fields.slice(1)],
  [
    'another type',
    schema.fields.map((field) => (field.name === 'receivedAt' ? { ...field, type: 'long' } : field)),
  ],
])('the registry refuses %s', async (_, fields) => {
  const contract = own(schema.fields);
  await deploySchemas(address(), [contract]);
  const broken = { ...contract, schema: { ...schema, fields } };
  await expect(deploySchemas(address(), [broken])).rejects.toMatchObject({ code: 'CONFLICT' });
});

test.each(allContracts)(
  'the registry takes all released schemas of $topic in their order',
  async ({ topic, subject }) => {
    const name = `${uniquePrefix()}${topic}`;
    for (const { schema: released, version } of releasedSchemas(subject)) {
      const contract = { ...acmeContactCreated, topic: name, subject: `${name}-value`, schema: released };
      const [report] = await deploySchemas(address(), [contract]);
      expect(report?.version).toBe(version);
    }
  },
);

test('a registry that does not answer ends a deployment with its address', async () => {
  const contract = own(schema.fields);
  await expect(deploySchemas({ url: 'http://127.0.0.1:1' }, [contract])).rejects.toMatchObject({
    code: 'DEPENDENCY_UNAVAILABLE',
    internal: expect.stringContaining('http://127.0.0.1:1'),
  });
});
