import type { AppError } from '@contact-sync/domain';

/** Where the broker put a record. */
export type Receipt = { readonly topic: string; readonly partition: number; readonly offset: string };

type RawHeader = string | Buffer | null;

/** Headers as Kafka has them: a value may be null, and a name that stands more than once has a list. */
export type RawHeaders = Readonly<Record<string, RawHeader | readonly RawHeader[]>>;

/** A record as it goes to the broker: bytes, whatever they hold. */
export type RawRecord = {
  readonly topic: string;
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RawHeaders;
};

/** A record that waits for its broker's ack, and its sender with it. Settled once; what comes later is ignored. */
export type Outgoing = {
  readonly record: RawRecord;
  readonly bytes: number;
  /** Clock of `performance.now()`. */
  readonly deadlineAt: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: AppError) => void;
  settled: boolean;
};

// A record batch's own fields for each record, and room for the frame of its key and headers.
const overheadBytes = 64;

const headerBytes = ([name, values]: [string, RawHeaders[string]]): number =>
  [values].flat().reduce((sum, value) => sum + name.length + (value?.length ?? 0) + 8, 0);

/** What a record takes in a batch, roughly and never less in the queue's account. */
export const bytesOf = ({ key, value, headers }: RawRecord): number =>
  overheadBytes +
  (key?.length ?? 0) +
  (value?.length ?? 0) +
  Object.entries(headers).reduce((sum, header) => sum + headerBytes(header), 0);

export const fail = (outgoing: Outgoing, error: AppError): void => {
  if (outgoing.settled) return;
  outgoing.settled = true;
  outgoing.reject(error);
};

export const succeed = (outgoing: Outgoing, receipt: Receipt): void => {
  if (outgoing.settled) return;
  outgoing.settled = true;
  outgoing.resolve(receipt);
};
