import { request } from 'node:http';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

const TIMEOUT_MS = 1_000;

/**
 * Whether a Docker engine answers within a second, at `DOCKER_HOST` or at a usual socket: a client may be installed
 * without one, and loading testcontainers to find that out costs half a second at every start.
 */
export async function engineAnswers(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const host = environment['DOCKER_HOST'];
  if (host?.startsWith('tcp://')) return accepts(new URL(host));
  const sockets = host?.startsWith('unix://') ? [host.slice('unix://'.length)] : usualSockets(environment);
  const answers = await Promise.all(sockets.map(ping));
  return answers.includes(true);
}

/** Where testcontainers looks, too. */
function usualSockets(environment: NodeJS.ProcessEnv): string[] {
  const runtime = environment['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
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
