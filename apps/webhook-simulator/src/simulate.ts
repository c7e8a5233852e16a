import { writeFile } from 'node:fs/promises';
import { ConfigError, loadConfig } from '@contact-sync/service-kit';
import { SecretFileError } from '@contact-sync/webhook-signature';
import { v7 } from 'uuid';
import { connectSystem, type System } from './adapters/connect-system.ts';
import { systemClock } from './adapters/system-clock.ts';
import { SystemConfig } from './config.ts';
import { readArguments, UsageError, usage } from './simulate/arguments.ts';
import { junitText } from './simulate/junit.ts';
import { playRuns } from './simulate/play.ts';
import { createProgress } from './simulate/progress.ts';
import { createReport } from './simulate/report.ts';
import { reportText } from './simulate/table.ts';
import { readTargetFile } from './simulate/target-file.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const progress = createProgress(process.stderr, () => performance.now());

const systemOfEnvironment = (): System => {
  const config = loadConfig(SystemConfig, process.env);
  return {
    ingestUrl: config.INGEST_URL,
    gatewayUrl: config.GATEWAY_URL,
    acmeSecretsFile: config.ACME_SECRETS_FILE,
    scheme: config.WEBHOOK_SCHEME,
    clientId: config.SERVICE_CLIENT_ID,
    clientSecret: config.SERVICE_CLIENT_SECRET,
  };
};

const main = async (): Promise<number> => {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const system = given.target === undefined ? systemOfEnvironment() : await readTargetFile(given.target);
  const { targets, close, ...ports } = await connectSystem(system);
  const [target] = targets.names;
  const endpoint = targets.endpointOf(target);
  if (!endpoint) throw new ConfigError(['there is no target']);
  // A command has no log of deliveries: what it finds is named in its verdict.
  const log = { add: () => undefined };
  const dependencies = {
    ...ports,
    target,
    endpoint,
    log,
    newId: v7,
    clock: systemClock,
    random: Math.random,
  };
  try {
    const runs = await playRuns(given.runs, dependencies, { progress, signal: stopping.signal });
    progress.close();
    const report = createReport(runs, given.seed);
    if (given.junit !== undefined) await writeFile(given.junit, junitText(report));
    (given.json ? process.stderr : process.stdout).write(`${reportText(report)}\n`);
    if (given.json) process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.ok ? 0 : 1;
  } finally {
    await close();
  }
};

const exitCodeOf = (error: unknown): number => {
  progress.close();
  const isUsage = [UsageError, ConfigError, SecretFileError].some((fault) => error instanceof fault);
  const text = error instanceof Error ? error.message : 'The simulation failed.';
  process.stderr.write(error instanceof UsageError ? `${text}\n\n${usage}\n` : `${text}\n`);
  return isUsage ? 2 : 1;
};

process.exitCode = await main().catch(exitCodeOf);
