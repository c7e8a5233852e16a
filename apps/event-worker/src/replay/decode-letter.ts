import { AppError, SourceEnvelope, type SourceEvent } from '@contact-sync/domain';
import {
  type Codec,
  type IntegrationEvent,
  integrationEventContracts,
  type LogRecord,
  sourceEventContracts,
  type TopicReader,
} from '@contact-sync/kafka';
import { compileCheck } from '@contact-sync/service-kit';

const readersOf = <Value>(
  contracts: readonly TopicReader<Value>[],
): ReadonlyMap<string, TopicReader<Value>> =>
  new Map(contracts.map((contract) => [contract.topic, contract]));

const readers = readersOf<SourceEvent>(sourceEventContracts);
const changeReaders = readersOf<IntegrationEvent<string>>(integrationEventContracts);

const checkEnvelope = compileCheck(SourceEnvelope);

type Fault = { readonly fault: { readonly code: string; readonly pointer?: string } };

export type DecodedLetter = { readonly event: SourceEvent } | Fault;

const decode = async <Value>(
  codec: Pick<Codec, 'decode'>,
  reader: TopicReader<Value>,
  record: LogRecord,
): Promise<{ readonly value: Value } | Fault> => {
  try {
    return { value: await codec.decode(reader, record.value) };
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    const pointer = error.errors[0]?.pointer;
    return { fault: { code: error.code, ...(pointer !== undefined && { pointer }) } };
  }
};

/**
 * A dead letter as the event that it is, or why it is none, as its consumer judges it.
 *
 * @throws {AppError} retryable, while the registry is away.
 */
export const decodeLetter = async (
  codec: Pick<Codec, 'decode'>,
  topic: string,
  record: LogRecord,
): Promise<DecodedLetter> => {
  const reader = readers.get(topic);
  if (reader === undefined || record.unreadable !== undefined) return { fault: { code: 'UNDECODABLE' } };
  const decoded = await decode(codec, reader, record);
  if ('fault' in decoded) return decoded;
  const [fault] = checkEnvelope(decoded.value);
  return fault === undefined
    ? { event: decoded.value }
    : { fault: { code: 'INVALID_EVENT', pointer: fault.pointer } };
};

/**
 * A dead letter as the change of ours that it tells of, or why it is none. Throws as {@link decodeLetter} does.
 */
export const decodeChange = async (
  codec: Pick<Codec, 'decode'>,
  topic: string,
  record: LogRecord,
): Promise<{ readonly change: IntegrationEvent<string> } | Fault> => {
  const reader = changeReaders.get(topic);
  if (reader === undefined || record.unreadable !== undefined) return { fault: { code: 'UNDECODABLE' } };
  const decoded = await decode(codec, reader, record);
  return 'fault' in decoded ? decoded : { change: decoded.value };
};
