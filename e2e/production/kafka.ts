import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKafkaClient, type KafkaClient } from '@contact-sync/kafka';
import { choosePort } from '@contact-sync/testing/ports.ts';
import {
  fetchJava,
  fetchServerFiles,
  findJava,
  newClusterId,
  type Progress,
  type Run,
  runTool,
  type ServerProcess,
  startServer,
} from '../src/launcher.ts';
import type { Certificates } from './certificates.ts';
import { brokerProperties, type Login, MECHANISM, operatorProperties } from './kafka-properties.ts';

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
const MEMORY = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];
const TOOL_MEMORY = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const javaAndFiles = async (run: Run, progress: Progress) => {
  const [files, found] = await Promise.all([
    fetchServerFiles(run, progress, process.env),
    findJava(JAVA_NEEDED, process.env),
  ]);
  const java = found?.executable ?? (await fetchJava(run, progress, process.env, JAVA_NEEDED));
  return { java, classPath: ['-cp', join(files, 'kafka', '*')] };
};

type Tools = Awaited<ReturnType<typeof javaAndFiles>> & { readonly run: Run; readonly folder: string };

/** Writes a broker's settings and its empty log, in which these users can log in. */
const prepareBroker = async (
  { run, java, classPath, folder }: Tools,
  certificates: Certificates,
  [superUser, ...others]: readonly [Login, ...Login[]],
) => {
  const [port, controllerPort] = [await choosePort(), await choosePort()];
  const settings = join(folder, 'server.properties');
  const text = brokerProperties({ port, controllerPort, folder }, certificates, superUser);
  await writeFile(settings, text, { mode: 0o600 });
  const credentials = [superUser, ...others].flatMap(({ username, password }) => [
    '--add-scram',
    `${MECHANISM}=[name=${username},password=${password}]`,
  ]);
  const format = ['kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', settings, ...credentials];
  const { exitCode, output } = await runTool(run, java, [...TOOL_MEMORY, ...classPath, ...format]);
  if (exitCode !== 0) throw new Error(`Kafka's log could not be made: ${output.slice(-2_000)}`);
  return { port, settings };
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
  const { port, settings } = await prepareBroker({ run, java, classPath, folder }, certificates, [
    superUser,
    ...users,
  ]);
  const operator = join(folder, 'operator.properties');
  await writeFile(operator, operatorProperties(certificates, superUser), { mode: 0o600 });
  const brokers = `localhost:${port}`;
  const clientOf = clientsOf(brokers, await readFile(certificates.authority, 'utf8'));
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

const clientsOf =
  (brokers: string, ca: string) =>
  ({ username, password }: Login): KafkaClient =>
    createKafkaClient({
      brokers: [brokers],
      clientId: username,
      tls: { ca },
      sasl: { mechanism: 'scram-sha-512', username, password },
      logger: silent,
    });
