import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from './repository.ts';
import { containerPlans } from './servers/container-plan.ts';
import { planServices, SERVICE_NAMES } from './service-plan.ts';

const SECRET = /^(SERVICE_CLIENT_SECRET|BOOTSTRAP_ADMIN_PASSWORD|REDIS_URL)$/;
/** What only servers that stay have. */
const LASTING: Record<string, string[]> = {
  redis: ['--maxmemory', '384mb', '--aclfile', '/run/secrets/users.acl'],
};
const addresses = { KAFKA_BROKERS: '', SCHEMA_REGISTRY_URL: '', REDIS_URL: '' };
const secrets = {
  acmeSecretsFile: '',
  acmeApiKeyFile: '',
  bootstrapClientsFile: '',
  signingKeysFile: '',
  acmeSecret: '',
  clientSecrets: {
    'event-worker': '',
    'contact-service': '',
    'webhook-ingest': '',
    'gateway-api': '',
    'webhook-simulator': '',
  },
  admin: { email: '', password: '' },
};
const address = { host: 'localhost', port: 1 };

test('containers and local processes are of the same versions of Kafka and registry', async () => {
  const pom = await readFile(join(REPOSITORY, 'infra/local/pom.xml'), 'utf8');
  const version = (name: string) => new RegExp(`<${name}\\.version>(.*)</`).exec(pom)?.[1];
  expect(containerPlans.kafka(address).image).toBe(`apache/kafka:${version('kafka')}`);
  expect(containerPlans.registry(address).image).toBe(`apicurio/apicurio-registry:${version('apicurio')}`);
});

async function compose() {
  return parse(await readFile(join(REPOSITORY, 'docker-compose.yml'), 'utf8'), { merge: true });
}

test('docker-compose.yml has the images, commands and settings that the launcher starts', async () => {
  const { services } = await compose();
  for (const name of ['kafka', 'registry', 'redis'] as const) {
    const { image, command, environment, files = [] } = containerPlans[name](address);
    expect(services[name].image).toBe(image);
    expect(services[name].command).toEqual(command && [...command, ...(LASTING[name] ?? [])]);
    const { CLUSTER_ID: _own, KAFKA_ADVERTISED_LISTENERS: _address, ...settings } = environment;
    expect(services[name].environment ?? {}).toMatchObject(settings);
    const mounts = files.map(({ source, target }) => `./${relative(REPOSITORY, source)}:${target}:ro`);
    expect(services[name].volumes).toEqual(expect.arrayContaining(mounts));
  }
});

test('docker-compose.yml gives each service the settings of the plan, secrets as files', async () => {
  const { services } = await compose();
  const plans = await planServices(addresses, secrets);
  for (const name of SERVICE_NAMES) {
    const settings = Object.keys(plans[name].settings).map((key) => (SECRET.test(key) ? `${key}_FILE` : key));
    const own = settings.filter((key) => !['HOST', 'LOG_LEVEL'].includes(key));
    expect(Object.keys(services[name].environment).sort(), name).toEqual(own.sort());
    expect(services[name].build.args).toEqual({ SERVICE: name });
  }
});
