import { isIPv4 } from 'node:net';
import { GenericContainer } from 'testcontainers';

type Bindings = Readonly<Record<string, readonly { readonly HostPort?: string }[]>>;

/**
 * The address of the engine's machine that a port is bound to so that clients reach it under `host` and nobody else
 * does: the servers have no password. Undefined, all of them, where the name of the machine is all that is known.
 */
export const bindAddress = (host: string): string | undefined => {
  if (host === 'localhost') return '127.0.0.1';
  return isIPv4(host) ? host : undefined;
};

/** Each binding with that address. */
export const boundTo = (bindings: Bindings, address: string): Bindings =>
  Object.fromEntries(
    Object.entries(bindings).map(([port, hosts]) => [
      port,
      hosts.map((host) => ({ ...host, HostIp: address })),
    ]),
  );

/** A container whose ports are bound to `address` alone; testcontainers' own binds every interface. */
export class LoopbackContainer extends GenericContainer {
  readonly #address: string | undefined;

  constructor(image: string, address: string | undefined) {
    super(image);
    this.#address = address;
  }

  protected override async beforeContainerCreated(): Promise<void> {
    if (this.#address === undefined) return;
    this.hostConfig.PortBindings = boundTo(this.hostConfig.PortBindings ?? {}, this.#address);
  }
}
