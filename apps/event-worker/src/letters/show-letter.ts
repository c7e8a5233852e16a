import { AppError } from '@contact-sync/domain';
import type { Codec, LogReader, LogRecord, RawHeaders } from '@contact-sync/kafka';
import { decodeChange, decodeLetter } from '../replay/decode-letter.ts';
import { deliveryOf } from './fact-of.ts';
import { type KnownEntry, stateOf } from './letter.ts';
import { isOfWriteBack } from './letter-topics.ts';
import type { LetterIndex } from './ports.ts';
import { readRecords } from './read-records.ts';

/** Contacts as the one who asks may see them. */
export interface ContactViewer {
  /**
   * The contact as it is now, null where there is none; undefined where he may not read it, or it cannot be had now. Never
   * throws.
   */
  read(contactId: string, authorization: string): Promise<unknown>;
}

export type ShowPorts = {
  readonly index: Pick<LetterIndex, 'find'>;
  readonly reader: Pick<LogReader, 'read'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly contacts: ContactViewer;
};

export type ShownHeader = { readonly name: string; readonly value: string | null };

export type ShownLetter = {
  readonly entry: KnownEntry;
  /** Absent where Kafka has let go of it. */
  readonly record: LogRecord | undefined;
  readonly headers: readonly ShownHeader[];
  readonly decoded?: unknown;
  readonly undecodable?: string;
  readonly contact?: unknown;
};

const headersOf = (headers: RawHeaders): ShownHeader[] =>
  Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => ({ name, value: value === null ? null : String(value) })),
  );

/** The bytes of a delivery as text: it is what a person sent. */
const decodedOf = async (
  { codec }: ShowPorts,
  { letter }: KnownEntry,
  record: LogRecord,
): Promise<Pick<ShownLetter, 'decoded' | 'undecodable'>> => {
  if (letter.kind === 'dead-letter') {
    const { topic } = letter.origin;
    if (isOfWriteBack(letter)) {
      const result = await decodeChange(codec, topic, record);
      return 'change' in result ? { decoded: result.change } : { undecodable: result.fault.code };
    }
    const result = await decodeLetter(codec, topic, record);
    return 'event' in result ? { decoded: result.event } : { undecodable: result.fault.code };
  }
  const delivery = await deliveryOf(codec, record);
  if (delivery === undefined) return { undecodable: 'UNDECODABLE' };
  return { decoded: { ...delivery, body: delivery.body.toString() } };
};

const findLetter = async (index: ShowPorts['index'], id: string): Promise<KnownEntry> => {
  const [entry] = await index.find([id]);
  const known = entry?.letter === undefined ? undefined : { ...entry, letter: entry.letter };
  if (known !== undefined && stateOf(known) !== undefined) return known;
  throw new AppError('NOT_FOUND', { message: 'There is no such letter.' });
};

/**
 * A letter with its bytes, read back from Kafka, what they decode to, and its contact.
 *
 * @throws {AppError} NOT_FOUND; retryable ones.
 */
export const showLetter = async (
  ports: ShowPorts,
  id: string,
  authorization: string,
): Promise<ShownLetter> => {
  const entry = await findLetter(ports.index, id);
  const { place, contactId } = entry.letter;
  const record = (await readRecords(ports.reader, [place]))(place);
  const contact = contactId === undefined ? undefined : await ports.contacts.read(contactId, authorization);
  return {
    entry,
    record,
    headers: record === undefined ? [] : headersOf(record.headers),
    ...(record === undefined ? {} : await decodedOf(ports, entry, record)),
    ...(contact !== undefined && { contact }),
  };
};
