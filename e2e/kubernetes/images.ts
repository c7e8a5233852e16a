import { fileURLToPath } from 'node:url';
import { SERVICE_NAMES } from '@contact-sync/launcher/service-plan.ts';
import { run } from '../src/command.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const DOCKERFILE = 'infra/docker/Dockerfile';
/** Those of servers.yaml. */
const SERVERS = ['redis:7.4.2', 'apache/kafka:4.3.1', 'apicurio/apicurio-registry:3.3.3'];

/** As the charts name it: the version is their appVersion. */
export const imageOf = (name: string): string => `contact-sync/${name}:0.1.0`;

const build = (name: string, ...options: readonly string[]) =>
  run('docker', [
    'build',
    '--file',
    DOCKERFILE,
    '--tag',
    imageOf(name),
    '--build-arg',
    `SERVICE=${name}`,
    ...options,
    REPOSITORY,
  ]);

const isThere = (image: string): Promise<boolean> =>
  run('docker', ['image', 'inspect', image]).then(
    () => true,
    () => false,
  );

/**
 * Builds the images of all charts and has `LOAD_IMAGE`, a command that takes an image's name last, give each to the
 * cluster: `kind load docker-image`, say. The servers' are given too where the engine has them; else the cluster pulls
 * them. Without `LOAD_IMAGE` the cluster has to have all.
 */
export const setup = async (): Promise<void> => {
  const load = process.env['LOAD_IMAGE'];
  if (load === undefined) return;
  await build('topics', '--target', 'topics', '--build-arg', 'FOLDER=infra/kafka');
  for (const name of SERVICE_NAMES) await build(name);
  const servers: string[] = [];
  for (const image of SERVERS) if (await isThere(image)) servers.push(image);
  for (const image of [...['topics', ...SERVICE_NAMES].map(imageOf), ...servers]) {
    await run('sh', ['-c', `${load} ${image}`]);
  }
};
