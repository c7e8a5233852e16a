import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Platform } from '@contact-sync/launcher/platform.ts';
import { REPOSITORY } from '@contact-sync/launcher/repository.ts';

const ENTRY = join(REPOSITORY, 'apps/webhook-simulator/src/simulate.ts');

/** The settings under which the simulator finds a system on this machine. */
export const settingsFor = (platform: Platform): Readonly<Record<string, string>> => ({
  INGEST_URL: platform.ingestUrl,
  GATEWAY_URL: platform.gatewayUrl,
  ACME_SECRETS_FILE: platform.acmeSecretsFile,
  SERVICE_CLIENT_ID: 'webhook-simulator',
  SERVICE_CLIENT_SECRET: platform.clientSecrets['webhook-simulator'],
});

/** Plays scenarios in a process of its own and resolves with its exit code. Ends it on disposal of `cleanUp`. */
export async function simulate(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  cleanUp: AsyncDisposableStack,
): Promise<number> {
  const child = spawn(process.execPath, ['--conditions=source', ENTRY, ...args], {
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  });
  const ended = once(child, 'exit');
  cleanUp.defer(async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  });
  await ended;
  return child.exitCode ?? 1;
}
