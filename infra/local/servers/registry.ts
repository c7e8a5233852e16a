import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from '@contact-sync/testing/ports.ts';
import type { Run } from '../run/run.ts';
import { type ServerProcess, startServer } from '../run/server-process.ts';
import { answersOk } from './http-answer.ts';
import { serverFolder } from './server-folder.ts';
import type { Place } from './start-options.ts';
import { repeatedOnTakenPort } from './taken-port.ts';

const READY_WITHIN_MS = 180_000;
const MEMORY = ['-Xms64m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData'];

/** Starts Apicurio from `files`/registry; its data are in a file, so a restart still knows every schema id. */
export async function startRegistry(
  run: Run,
  java: string,
  files: string,
  { preferredPort, keptFolder }: Place,
): Promise<ServerProcess> {
  const folder = await serverFolder(run, 'registry', keptFolder);
  const scratch = await mkdtemp(join(run.folder, 'registry-scratch-'));
  return repeatedOnTakenPort(preferredPort, async (preferred) => {
    const [port, managementPort] = [await choosePort(preferred), await choosePort()];
    const settings = {
      ...REGISTRY_SETTINGS,
      'java.io.tmpdir': scratch,
      'quarkus.http.host': '127.0.0.1',
      'quarkus.http.port': String(port),
      'quarkus.management.host': '127.0.0.1',
      'quarkus.management.port': String(managementPort),
      // Without a write delay a registered schema outlives kill -9; H2 would keep half a second in memory.
      'apicurio.datasource.url': `jdbc:h2:file:${join(folder, 'registry')};WRITE_DELAY=0`,
    };
    return startServer(run, {
      name: 'registry',
      port,
      command: java,
      parameters: [...MEMORY, ...definitions(settings), '-jar', join(files, 'registry/quarkus-run.jar')],
      cwd: folder,
      readyWithinMs: READY_WITHIN_MS,
      ready: () => answersOk(`http://127.0.0.1:${managementPort}/health/ready`),
    });
  });
}

/** What holds wherever Apicurio runs for us. */
export const REGISTRY_SETTINGS: Readonly<Record<string, string>> = {
  'quarkus.http.access-log.enabled': 'false',
  'apicurio.rules.global.compatibility': 'BACKWARD',
  'apicurio.datasource.jdbc.initial-size': '2',
  'apicurio.datasource.jdbc.min-size': '2',
  'apicurio.datasource.jdbc.max-size': '10',
  'apicurio.storage.kind': 'sql',
  'apicurio.storage.sql.kind': 'h2',
};

function definitions(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([key, value]) => `-D${key}=${value}`);
}
