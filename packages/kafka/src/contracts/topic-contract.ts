/** Text headers of a record. Never a secret, a token or personal data (design rule 10). */
export type RecordHeaders = Readonly<Record<string, string>>;

/** A topic as its readers see it. */
export type TopicReader<Value> = {
  readonly topic: string;
  /** The registry's subject of the record values: `<topic>-value`. */
  readonly subject: string;
  /** The Avro schema that this build writes and reads with, as JSON. */
  readonly schema: object;
  /** Turns a decoded Avro record into the value. Throws AppError UNDECODABLE when the record cannot be one. */
  readonly fromRecord: (record: unknown) => Value;
};

/** Everything about one topic: its name, key, schema and the type of what is written to it. */
export type TopicContract<Value> = TopicReader<Value> & {
  /** The record's key; decides the partition. */
  readonly keyOf: (value: Value) => string;
  /** The headers that every record of the topic carries. */
  readonly headersOf: (value: Value) => RecordHeaders;
  readonly toRecord: (value: Value) => unknown;
};

/** The type of the values on a contract's topic. */
export type ValueOf<Reader> = Reader extends TopicReader<infer Value> ? Value : never;

type Definition<Value, Record> = {
  readonly topic: string;
  readonly schema: object;
  readonly keyOf: (value: Value) => string;
  readonly headersOf: (value: Value) => RecordHeaders;
  readonly toRecord: (value: Value) => Record;
  readonly fromRecord: (record: Record) => Value;
};

/** Makes a contract; `Record` is the generated type of the schema, which the two mappings are checked against. */
export const defineContract = <Value, Record>(
  definition: Definition<Value, Record>,
): TopicContract<Value> => ({
  ...definition,
  subject: `${definition.topic}-value`,
  fromRecord: (record) => definition.fromRecord(record as Record),
});
