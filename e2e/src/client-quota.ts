import { once } from 'node:events';
import { connect } from 'node:net';

/** Kafka protocol, AlterClientQuotas of version 0. */
const alterClientQuotas = 49;

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const float64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
const list = (...items: readonly Buffer[]): Buffer => Buffer.concat([int32(items.length), ...items]);
const flag = (value: boolean): Buffer => Buffer.from([value ? 1 : 0]);

const quotaRequest = (clientId: string, bytesPerSecond: number | undefined): Buffer => {
  const entity = Buffer.concat([text('client-id'), text(clientId)]);
  const operation = Buffer.concat([
    text('consumer_byte_rate'),
    float64(bytesPerSecond ?? 0),
    flag(bytesPerSecond === undefined),
  ]);
  const body = Buffer.concat([list(Buffer.concat([list(entity), list(operation)])), flag(false)]);
  const request = Buffer.concat([int16(alterClientQuotas), int16(0), int32(1), text('e2e'), body]);
  return Buffer.concat([int32(request.length), request]);
};

/**
 * Limits what the broker gives to fetches of that client (bytes a second), or lifts the limit: a broker answers one that
 * is above it with nothing, and says how long the next has to wait, which has no bound. Rejects where the broker refuses.
 */
export const limitFetches = async (
  brokerPort: number,
  clientId: string,
  bytesPerSecond: number | undefined,
): Promise<void> => {
  const socket = connect(brokerPort, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write(quotaRequest(clientId, bytesPerSecond));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    // Size, correlation, throttling and the count of entries come first.
    const errorCode = answer.readInt16BE(16);
    if (errorCode !== 0) throw new Error(`the broker refuses the quota (error ${errorCode})`);
  } finally {
    socket.destroy();
  }
};
