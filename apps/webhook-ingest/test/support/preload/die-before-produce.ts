/** Dies by SIGKILL at the first Produce request, before a byte of it leaves. */
import { Socket } from 'node:net';

const { write } = Socket.prototype;

// https://kafka.apache.org/protocol: four bytes of length, then the request's kind; 0 is Produce.
const isProduce = (chunk: unknown): boolean =>
  Buffer.isBuffer(chunk) &&
  chunk.length > 8 &&
  chunk.readInt32BE(0) === chunk.length - 4 &&
  chunk.readInt16BE(4) === 0;

Object.assign(Socket.prototype, {
  write(this: Socket, ...parameters: unknown[]) {
    if (isProduce(parameters[0])) process.kill(process.pid, 'SIGKILL');
    return Reflect.apply(write, this, parameters);
  },
});
