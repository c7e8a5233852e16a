import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

// Version 4 of the Metadata request: the oldest that names the cluster, old enough for every broker that we may meet.
const METADATA = { key: 3, version: 4 };
const TIMEOUT_MS = 2_000;

/**
 * The id of the cluster that a broker serves. Rejects unless the broker answers a Metadata request with at least one
 * registered broker and an active controller: then topics can be made and records taken.
 * Spoken by hand (https://kafka.apache.org/protocol#The_Messages_Metadata) because it is asked in a quick loop while
 * the broker starts, where a client library would bring its retries, logs and timers.
 */
export async function kafkaClusterId(host: string, port: number): Promise<string> {
  const socket = connect({ host, port, timeout: TIMEOUT_MS });
  socket.once('timeout', () => socket.destroy(new Error('no answer from the broker')));
  try {
    await once(socket, 'connect');
    socket.write(metadataRequest());
    return readMetadata(await readFrame(socket));
  } finally {
    socket.destroy();
  }
}

function metadataRequest(): Buffer {
  const request = Buffer.alloc(19);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(METADATA.key, 4);
  request.writeInt16BE(METADATA.version, 6);
  request.writeInt32BE(1, 8); // correlation id
  request.writeInt16BE(-1, 12); // no client id
  request.writeInt32BE(0, 14); // no topics
  request.writeInt8(0, 18); // create none either
  return request;
}

async function readFrame(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) return received.subarray(4);
  }
  throw new Error('the broker closed the connection');
}

function readMetadata(frame: Buffer): string {
  let offset = 8; // correlation id, throttle time
  const int32 = () => {
    offset += 4;
    return frame.readInt32BE(offset - 4);
  };
  const text = () => {
    const length = frame.readInt16BE(offset);
    const start = offset + 2;
    offset = start + Math.max(0, length);
    return frame.toString('utf8', start, offset);
  };
  const brokers = int32();
  for (let index = 0; index < brokers; index += 1) {
    int32(); // node id
    text(); // host
    int32(); // port
    text(); // rack
  }
  const clusterId = text();
  const controller = int32();
  if (brokers < 1) throw new Error('no broker is registered yet');
  if (controller < 0) throw new Error('no controller is active yet');
  return clusterId;
}
