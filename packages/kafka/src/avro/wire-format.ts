import { AppError } from '@contact-sync/domain';

/** Confluent's frame: a zero byte and the schema id, big-endian; the Avro bytes follow. */
export const frameBytes = 5;

const magicByte = 0;

export const writeFrame = (target: Buffer, offset: number, schemaId: number): void => {
  target[offset] = magicByte;
  target.writeUInt32BE(schemaId, offset + 1);
};

/** The id of the schema that a record was written with. Throws AppError UNDECODABLE when there is no frame. */
export const schemaIdOf = (bytes: Buffer | null): number => {
  if (bytes === null) throw undecodable('the value is null');
  if (bytes.length < frameBytes) throw undecodable(`${bytes.length} bytes are no frame`);
  if (bytes[0] !== magicByte) throw undecodable(`the first byte is ${bytes[0]}, not ${magicByte}`);
  return bytes.readUInt32BE(1);
};

/** The one error of bytes that will never decode; `internal` says why and never quotes them. */
export const undecodable = (internal: string, cause?: unknown): AppError =>
  new AppError('UNDECODABLE', { message: 'The record cannot be decoded', internal, cause });
