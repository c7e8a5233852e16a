import { on } from 'node:events';
import { connect } from 'node:net';
import { readMonitorLine, type SeenCall } from './monitor-line.ts';
import { type Evalsha, withoutGuards } from './without-guards.ts';

/** The writes of each contact, by its id, in their order. */
export type RecordedWrites = ReadonlyMap<string, readonly Evalsha[]>;

const withinMs = 60_000;

const contactOf = ({ keys }: SeenCall): string | undefined =>
  keys.map((key) => /:contact:([^:]+)$/.exec(key)?.[1]).find((id) => id !== undefined);

/**
 * Listens to what a Redis is told and keeps the writes of contacts as they came: whoever replays them writes exactly
 * what contact-service writes, whatever that comes to be.
 */
export const recordWrites = (redisUrl: string) => {
  const { hostname, port } = new URL(redisUrl);
  const writes = new Map<string, Evalsha[]>();
  const socket = connect({ host: hostname, port: Number(port) }).setEncoding('latin1');
  let count = 0;
  let rest = '';
  const take = (line: string): void => {
    const call = readMonitorLine(line);
    const id = call && contactOf(call);
    if (call === undefined || id === undefined) return;
    const known = writes.get(id);
    if (known) known.push(withoutGuards(call));
    else writes.set(id, [withoutGuards(call)]);
    count += 1;
  };
  const chunks = on(socket, 'data', { signal: AbortSignal.timeout(withinMs) });
  socket.write('MONITOR\r\n');
  return {
    /** Resolves once so many have been seen. Rejects a minute after the recording began. */
    async finish(expected: number): Promise<RecordedWrites> {
      while (count < expected) {
        const { value: chunk } = await chunks.next();
        const lines = (rest + String(chunk?.[0])).split('\r\n');
        rest = lines.pop() ?? '';
        lines.forEach(take);
      }
      socket.destroy();
      return writes;
    },
  };
};
