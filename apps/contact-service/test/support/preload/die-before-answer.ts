/** Dies by SIGKILL when it is about to answer that it has changed something, before a byte of the answer leaves. */
import { ServerResponse } from 'node:http';

const { writeHead } = ServerResponse.prototype;

Object.assign(ServerResponse.prototype, {
  writeHead(this: ServerResponse, ...parameters: unknown[]) {
    const isDone = typeof parameters[0] === 'number' && parameters[0] < 300;
    if (isDone && this.req.method !== 'GET') process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(writeHead, this, parameters);
  },
});
