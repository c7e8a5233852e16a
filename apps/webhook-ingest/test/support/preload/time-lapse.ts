/** Lets the time-outs of connections run ten times as fast; which there are, and how long, stays the service's own. */
import { Server } from 'node:http';

const { listen } = Server.prototype;
const names = ['requestTimeout', 'headersTimeout', 'keepAliveTimeout', 'connectionsCheckingInterval'];

Object.assign(Server.prototype, {
  listen(this: Server & Record<string, unknown>, ...parameters: unknown[]) {
    for (const name of names) this[name] = Number(this[name]) / 10;
    return Reflect.apply(listen, this, parameters);
  },
});
