/** Dies by SIGKILL when it is about to answer that it has taken something, before a byte of the answer leaves. */
import { ServerResponse } from 'node:http';

const { writeHead } = ServerResponse.prototype;

Object.assign(ServerResponse.prototype, {
  writeHead(this: ServerResponse, ...parameters: unknown[]) {
    if (parameters[0] === 202) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(writeHead, this, parameters);
  },
});
