import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKafkaClient, type KafkaClient } from '@contact-sync/kafka';
import {
  choosePort,
  fetchJava,
  fetchServerFiles,
  findJava,
  newClusterId,
  type Progress,
  type Run,
  runTool,
  type ServerProcess,
  SINGLE_BROKER_SETTINGS,
  startServer,
} from '../src/launcher.ts';
import type { Certificates } from './certificates.ts';

/** A user of the brokers. */
export type Login = { readonly username: string; readonly password: string };

export type SecuredKafka = {
  readonly process: ServerProcess;
  /** The one address that there is; it speaks TLS and wants SCRAM. */
  readonly brokers: string;
  /** The settings of a service, or of the deploy step, that logs in so. */
  settingsFor(login: Login): Readonly<Record<string, string>>;
  /** A client of that user. */
  clientOf(login: Login): KafkaClient;
  /** How `kafka-configs.sh` begins, and the file by which it comes in as the super user. */
  readonly configCommand: readonly string[];
  readonly operatorProperties: string;
};

const JAVA_NEEDED = 17;
const READY_WITHIN_MS = 180_000;
const MEMORY = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:-UsePerfData'];
const TOOL_MEMORY = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

const MECHANISM = 'SCRAM-SHA-512';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const textOf = (properties: Readonly<Record<string, string>>): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const jaas = (module: 'plain.Plain' | 'scram.Scram', options: string): string =>
  `org.apache.kafka.common.security.${module}LoginModule required ${options};`;

type Place = { readonly port: number; readonly controllerPort: number; readonly folder: string };

/** A broker that is its own controller: every listener over TLS and with a login, and nobody may do what is not granted. */
const properties = (
  { port, controllerPort, folder }: Place,
  { authority, keyStore }: Certificates,
  { username, password }: Login,
): Readonly<Record<string, string>> => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `CLIENTS://localhost:${port}`,
  'listener.security.protocol.map': 'CLIENTS:SASL_SSL,CONTROLLER:SASL_SSL',
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'CLIENTS',
  'sasl.mechanism.inter.broker.protocol': MECHANISM,
  'listener.name.clients.sasl.enabled.mechanisms': MECHANISM,
  'listener.name.clients.scram-sha-512.sasl.jaas.config': jaas(
    'scram.Scram',
    `username="${username}" password="${password}"`,
  ),
  // SCRAM needs the controller to be there already.
  'sasl.mechanism.controller.protocol': 'PLAIN',
  'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
  'listener.name.controller.plain.sasl.jaas.config': jaas(
    'plain.Plain',
    `username="${username}" password="${password}" user_${username}="${password}"`,
  ),
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.location': keyStore,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': authority,
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': `User:${username}`,
  'allow.everyone.if.no.acl.found': 'false',
  'log.dirs': join(folder, 'data'),
  ...SINGLE_BROKER_SETTINGS,
});

const javaAndFiles = async (run: Run, progress: Progress) => {
  const [files, found] = await Promise.all([
    fetchServerFiles(run, progress, process.env),
    findJava(JAVA_NEEDED, process.env),
  ]);
  const java = found?.executable ?? (await fetchJava(run, progress, process.env, JAVA_NEEDED));
  return { java, classPath: ['-cp', join(files, 'kafka', '*')] };
};

const checked = async (running: ReturnType<typeof runTool>): Promise<string> => {
  const { exitCode, output } = await running;
  if (exitCode !== 0) throw new Error(`Kafka's tool ended with ${exitCode}: ${output.slice(-2_000)}`);
  return output;
};

/** Starts one Kafka as production has it: TLS, SCRAM, and an authorizer that grants nothing by itself but to `superUser`. */
export const startSecuredKafka = async (
  { run, progress }: { readonly run: Run; readonly progress: Progress },
  certificates: Certificates,
  superUser: Login,
  users: readonly Login[],
): Promise<SecuredKafka> => {
  const folder = await mkdtemp(join(run.folder, 'secured-kafka-'));
  const { java, classPath } = await javaAndFiles(run, progress);
  const [port, controllerPort] = [await choosePort(), await choosePort()];
  const [settings, operator] = [join(folder, 'server.properties'), join(folder, 'operator.properties')];
  await writeFile(settings, textOf(properties({ port, controllerPort, folder }, certificates, superUser)), {
    mode: 0o600,
  });
  await writeFile(operator, propertiesOf(certificates, superUser), { mode: 0o600 });
  const credentials = [superUser, ...users].flatMap(({ username, password }) => [
    '--add-scram',
    `${MECHANISM}=[name=${username},password=${password}]`,
  ]);
  const format = ['kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', settings, ...credentials];
  await checked(runTool(run, java, [...TOOL_MEMORY, ...classPath, ...format]));

  const brokers = `localhost:${port}`;
  const ca = await readFile(certificates.authority, 'utf8');
  const clientOf = ({ username, password }: Login) =>
    createKafkaClient({
      brokers: [brokers],
      clientId: username,
      tls: { ca },
      sasl: { mechanism: 'scram-sha-512', username, password },
      logger: silent,
    });
  const server = await startServer(run, {
    name: 'kafka',
    port,
    command: java,
    parameters: [...MEMORY, ...classPath, 'kafka.Kafka', settings],
    cwd: folder,
    readyWithinMs: READY_WITHIN_MS,
    async ready() {
      const admin = clientOf(superUser).kafka.admin();
      await admin.connect();
      await admin.disconnect();
    },
  });
  return {
    process: server,
    brokers,
    clientOf,
    settingsFor: ({ username, password }) => ({
      KAFKA_BROKERS: brokers,
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: username,
      KAFKA_SASL_PASSWORD: password,
      NODE_EXTRA_CA_CERTS: certificates.authority,
    }),
    configCommand: [java, ...TOOL_MEMORY, ...classPath, 'kafka.admin.ConfigCommand'],
    operatorProperties: operator,
  };
};

/** What Kafka's own tools are told to come in as the super user. */
const propertiesOf = ({ authority }: Certificates, { username, password }: Login): string =>
  textOf({
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': MECHANISM,
    'sasl.jaas.config': jaas('scram.Scram', `username="${username}" password="${password}"`),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': authority,
  });
