/**
 * Leads the service's connections elsewhere: `REDIRECT=<port>:<port>`. A broker tells its clients its own address, so a
 * proxy in front of it is found in no other way.
 */
import net from 'node:net';

const [from, to] = (process.env['REDIRECT'] ?? '').split(':').map(Number);
const { connect } = net;

const redirected = (options: unknown): unknown =>
  typeof options === 'object' && options !== null && 'port' in options && Number(options.port) === from
    ? { ...options, port: to }
    : options;

Object.assign(net, {
  connect: (options: unknown, ...rest: unknown[]) =>
    Reflect.apply(connect, net, [redirected(options), ...rest]),
});
