// reach.mjs HOST:PORT...: which of these take a connection within 3 s.
import { connect } from 'node:net';

const reach = (target) =>
  new Promise((resolve) => {
    const [host, port] = target.split(':');
    const socket = connect({ host, port: Number(port), timeout: 3_000 });
    const end = (reached) => {
      socket.destroy();
      resolve([target, reached]);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
console.log(JSON.stringify(Object.fromEntries(await Promise.all(process.argv.slice(2).map(reach)))));
process.exit(0);
