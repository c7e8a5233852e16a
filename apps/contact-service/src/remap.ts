import { ConfigError } from '@contact-sync/service-kit';
import { readArguments, UsageError, usage } from './remap/arguments.ts';
import { createProgress } from './remap/progress.ts';
import { reportText } from './remap/report.ts';
import { runRemap } from './remap/run.ts';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const progress = createProgress(process.stderr, () => performance.now());

const main = async (): Promise<number> => {
  const given = readArguments(process.argv.slice(2));
  if (given.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const report = await runRemap(given, { environment: process.env, progress, signal: stopping.signal });
  progress.close();
  process.stdout.write(`${given.json ? JSON.stringify(report) : reportText(report)}\n`);
  return report.complete && report.failed === 0 ? 0 : 1;
};

const exitCodeOf = (error: unknown): number => {
  progress.close();
  const isUsage = error instanceof UsageError || error instanceof ConfigError;
  const text = error instanceof Error ? error.message : 'The remap failed.';
  progress.note(error instanceof UsageError ? `${text}\n\n${usage}` : text);
  return isUsage ? 2 : 1;
};

process.exitCode = await main().catch(exitCodeOf);
