import { AppError, SourceEnvelope, type SourceEvent } from '@contact-sync/domain';
import { type Codec, type LogRecord, sourceEventContracts, type TopicReader } from '@contact-sync/kafka';
import { compileCheck } from '@contact-sync/service-kit';

const readers: ReadonlyMap<string, TopicReader<SourceEvent>> = new Map(
  sourceEventContracts.map((contract) => [contract.topic, contract]),
);

const checkEnvelope = compileCheck(SourceEnvelope);

export type DecodedLetter =
  | { readonly event: SourceEvent }
  | { readonly fault: { readonly code: string; readonly pointer?: string } };

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
  try {
    const event = await codec.decode(reader, record.value);
    const [fault] = checkEnvelope(event);
    return fault === undefined ? { event } : { fault: { code: 'INVALID_EVENT', pointer: fault.pointer } };
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    const pointer = error.errors[0]?.pointer;
    return { fault: { code: error.code, ...(pointer !== undefined && { pointer }) } };
  }
};
