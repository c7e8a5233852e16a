import { request } from 'node:http';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contextHost } from './docker-context.ts';

const TIMEOUT_MS = 1_000;

/**
 * The Docker engine that answers within a second, as a value for DOCKER_HOST: the one that `DOCKER_HOST` names, else that
 * of the client's context, else the first at a usual socket. Undefined where none does: a client may be installed without
 * one, and loading testcontainers to find that out costs half a second at every start.
 */
export async function findEngine(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = environment['DOCKER_HOST'] || (await contextHost(environment));
  const hosts = named ? [named] : usualSockets(environment).map((path) => `unix://${path}`);
  const answers = await Promise.all(hosts.map(answersAt));
  return hosts.find((_, index) => answers[index]);
}

function answersAt(host: string): Promise<boolean> {
  if (host.startsWith('unix://')) return ping(host.slice('unix://'.length));
  return URL.canParse(host) && host.startsWith('tcp://') ? accepts(new URL(host)) : Promise.resolve(false);
}

function usualSockets(environment: NodeJS.ProcessEnv): string[] {
  // Some log-ins, cron and services among them, do not say where the user's runtime folder is.
  const runtime = environment['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 0}`;
  const home = environment['HOME'] ?? homedir();
  return [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(runtime, 'docker.sock'),
  ];
}

function ping(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const ask = request({ socketPath, path: '/_ping', signal }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ask.once('error', () => resolve(false));
    ask.end();
  });
}

/** A TCP engine may want TLS, which testcontainers knows how to speak; here it is enough that somebody listens. */
function accepts({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: TIMEOUT_MS });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}
