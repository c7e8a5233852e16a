import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { runOps } from './ops.ts';
import type { System } from './system.ts';

const hostOf = (url: string): string => new URL(url).host;

/** The commands of a runbook that need nothing but this repository: those of `curl` and of `npm run ops`. */
export const commandsOf = async (runbook: string): Promise<readonly string[]> => {
  const text = await readFile(new URL(`../../docs/runbooks/${runbook}.md`, import.meta.url), 'utf8');
  return [...text.matchAll(/`((?:curl|npm run ops --) [^`]+)`/g)].map(([, command = '']) => command);
};

/** Runs a command of a runbook against a system, and gives what it says. Rejects where it fails or says nothing. */
export const runCommand = async (
  system: System,
  command: string,
  environment: Readonly<Record<string, string>>,
): Promise<string> => {
  if (command.startsWith('npm run ops -- ')) {
    const { code, stdout, stderr } = await runOps(
      system,
      ...command.slice('npm run ops -- '.length).split(' '),
    );
    if (code !== 0) throw new Error(`${command}: ${stderr}`);
    return stdout;
  }
  const { opsUrls } = system;
  const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', command], {
    env: {
      PATH: process.env['PATH'],
      GATEWAY_URL: system.gatewayUrl,
      GATEWAY_OPS: hostOf(opsUrls['gateway-api']),
      CONTACT_OPS: hostOf(opsUrls['contact-service']),
      INGEST_OPS: hostOf(opsUrls['webhook-ingest']),
      WORKER_OPS: hostOf(opsUrls['event-worker']),
      ...environment,
    },
    timeout: 30_000,
  });
  if (stdout === '') throw new Error(`${command}: said nothing`);
  return stdout;
};
