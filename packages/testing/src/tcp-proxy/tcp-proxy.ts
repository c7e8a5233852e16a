import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { seededRandom } from '../random.ts';
import type { ProxyBehaviour } from './behaviour.ts';
import { type ProxyCounts, type ProxyTarget, relay } from './relay.ts';
import { createSwitch } from './switch.ts';

export type TcpProxyOptions = {
  /** A loopback address; anything else is a RangeError. */
  readonly target: ProxyTarget;
  /** For chances and jitter; random by default. Print {@link TcpProxy.seed} when a test fails. */
  readonly seed?: number;
};

export type TcpProxy = {
  readonly port: number;
  readonly seed: number;
  /** `<scheme>://127.0.0.1:<port>`. */
  url(scheme: string): string;
  /** Counts for new connections at once and for live ones from their next chunk on. `pass` to begin with. */
  setBehaviour(behaviour: ProxyBehaviour): void;
  /** Where new connections lead from now on, as after a fail-over; live ones stay where they are. */
  setTarget(target: ProxyTarget): void;
  /** Closes every live connection now. New ones are taken. */
  cutAll(): void;
  /** Counts since the start; `open` is now. */
  readonly stats: Readonly<ProxyCounts & { open: number }>;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
};

/** A proxy on 127.0.0.1 in front of one server, whose network can be made bad at any time. */
export const createTcpProxy = async (options: TcpProxyOptions): Promise<TcpProxy> => {
  const { seed = Math.floor(Math.random() * 2 ** 32) } = options;
  let target = checkedTarget(options.target);
  const behaviour = createSwitch();
  const random = seededRandom(seed);
  const counts: ProxyCounts = { connections: 0, refused: 0, cuts: 0, bytesToTarget: 0, bytesToClient: 0 };
  const live = new Map<Socket, () => void>();

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (behaviour.current().kind === 'refuse') {
      counts.refused += 1;
      client.resetAndDestroy();
      return;
    }
    counts.connections += 1;
    live.set(client, relay(client, target, { behaviour, random, counts }));
    client.once('close', () => live.delete(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const cutAll = () => {
    counts.cuts += live.size;
    for (const cut of live.values()) cut();
  };
  return {
    port,
    seed,
    url: (scheme) => `${scheme}://127.0.0.1:${port}`,
    setBehaviour: behaviour.set,
    setTarget(next) {
      target = checkedTarget(next);
    },
    cutAll,
    get stats() {
      return { ...counts, open: live.size };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      cutAll();
      await closed;
    },
  };
};

const checkedTarget = (target: ProxyTarget): ProxyTarget => {
  if (!/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(target.host)) throw new RangeError('only loopback targets');
  return target;
};
