/**
 * Gives the process the signal `HURT_BY` once, when the relay is about to send the request `HURT_AT`, before a byte of it
 * leaves: `produce` to Kafka, or `trim` of the outbox.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';

const { write } = Socket.prototype;
const trim = readFileSync(new URL('../../../src/adapters/redis-outbox/trim.lua', import.meta.url), 'utf8');
const trimSha = createHash('sha1').update(trim).digest('hex');
let isHurt = false;

// https://kafka.apache.org/protocol: four bytes of length, then the request's kind; 0 is Produce.
const isProduce = (chunk: unknown): boolean =>
  Buffer.isBuffer(chunk) &&
  chunk.length > 8 &&
  chunk.readInt32BE(0) === chunk.length - 4 &&
  chunk.readInt16BE(4) === 0;

const isTrim = (chunk: unknown): boolean => String(chunk).includes(trimSha);

const isAt = process.env['HURT_AT'] === 'produce' ? isProduce : isTrim;

Object.assign(Socket.prototype, {
  write(this: Socket, ...parameters: unknown[]) {
    if (!isHurt && isAt(parameters[0])) {
      isHurt = true;
      process.kill(process.pid, process.env['HURT_BY'] ?? 'SIGKILL');
    }
    return Reflect.apply(write, this, parameters);
  },
});
