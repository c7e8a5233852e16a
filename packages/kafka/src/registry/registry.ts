import { AppError } from '@contact-sync/domain';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import timeout from 'mappersmith/middleware/timeout';
import {
  callRegistry,
  isOwn404,
  jsonOf,
  type RegistryAddress,
  type RegistryAnswer,
} from './registry-http.ts';

export type RegistryOptions = RegistryAddress & {
  /** One request, 2,000 by default; a look-up may take four of them. */
  readonly timeoutMs?: number;
};

/** Look-ups in the schema registry. Nothing here registers: that is the deploy step's job (design section 2). */
export type Registry = {
  /**
   * The id under which exactly this schema is registered for the subject. Throws AppError DEPENDENCY_UNAVAILABLE
   * (retryable) when the registry does not answer, and also when it does not have the schema: then the deploy step has
   * not run yet.
   */
  idOf(subject: string, schema: object): Promise<number>;
  /**
   * The text of the schema that an id stands for, which need not be one of Avro; undefined when the registry has none to
   * give for it. Throws AppError DEPENDENCY_UNAVAILABLE (retryable) when it does not answer.
   */
  schemaOf(id: number): Promise<string | undefined>;
};

// The client merges its defaults and every instance's options into one object: an option left out is another's.
const retry = {
  maxRetryTimeInSecs: 1,
  initialRetryTimeInSecs: 0.1,
  factor: 0.2,
  multiplier: 2,
  retries: 2,
};

type Middlewares = NonNullable<ConstructorParameters<typeof SchemaRegistry>[0]['middlewares']>;

const openClient = ({ url, auth, timeoutMs = 2_000 }: RegistryOptions) =>
  new SchemaRegistry({
    host: url,
    clientId: 'contact-sync',
    retry,
    ...(auth === undefined ? {} : { auth }),
    // The two builds of the HTTP client's types differ in a private member only.
    middlewares: [timeout(timeoutMs)] as unknown as Middlewares,
  });

const unavailable = (message: string, internal: string, cause?: unknown): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', { message, internal, cause, retryable: true });

/** Everything but the registry's own verdict is "it did not answer"; the client reports a refused connection as 400. */
const silent = (cause: unknown): AppError =>
  unavailable(
    'The schema registry does not answer',
    cause instanceof Error ? cause.message : String(cause),
    cause,
  );

const notDeployed = (subject: string): AppError =>
  unavailable(
    'A schema is not registered yet',
    `The registry does not have this build's schema of ${subject}: run the deploy step (npm run deploy:topics)`,
  );

/** The client's error for an answer of 404 has no code of the registry's in it. */
const isAny404 = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ConfluentSchemaRegistryError' || ('status' in error && error.status === 404));

/** Answers about the registry or our call, whatever is asked. */
const isTrouble = ({ status }: RegistryAnswer): boolean =>
  status >= 500 || [401, 403, 404, 407, 408, 429].includes(status);

/** The schema in an answer, if it is one. */
const schemaIn = ({ status, text }: RegistryAnswer): string | undefined => {
  const answer = status === 200 ? jsonOf(text) : undefined;
  const schema = (answer as { schema?: unknown } | null | undefined)?.schema;
  return typeof schema === 'string' ? schema : undefined;
};

/** Look-ups over HTTP, each with a time-out. */
export const createRegistry = (options: RegistryOptions): Registry => {
  const client = openClient(options);
  const get = (path: string): Promise<RegistryAnswer> =>
    callRegistry(options, { method: 'GET', path, timeoutMs: options.timeoutMs ?? 2_000 }).catch(
      (error: unknown) => {
        throw silent(error);
      },
    );

  /** Whether whoever answers is a registry: any proxy can say 200 to an id, and a list of types few. */
  const isRegistry = async (): Promise<boolean> => {
    const answer = await get('/schemas/types');
    return answer.status === 200 && Array.isArray(jsonOf(answer.text));
  };

  return {
    async idOf(subject, schema) {
      const confluentSchema = { type: SchemaType.AVRO as const, schema: JSON.stringify(schema) };
      const id = await client.getRegistryIdBySchema(subject, confluentSchema).catch((error: unknown) => {
        throw isAny404(error) ? notDeployed(subject) : silent(error);
      });
      if (Number.isInteger(id)) return id;
      throw silent(new Error(`no id in the answer for ${subject}`));
    },

    async schemaOf(id) {
      const answer = await get(`/schemas/ids/${id}`);
      const schema = schemaIn(answer);
      if (schema !== undefined) return schema;
      // Taken wrongly for a verdict on the id an answer would make dead letters of good records.
      if (isOwn404(answer)) return undefined;
      if (isTrouble(answer) || !(await isRegistry())) {
        throw silent(new Error(`${answer.status} for schema ${id}`));
      }
      return undefined;
    },
  };
};
