import { AppError } from '@contact-sync/domain';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import timeout from 'mappersmith/middleware/timeout';
import { callRegistry, isOwn404, type RegistryAddress } from './registry-http.ts';

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
   * The schema that an id stands for, or undefined when the registry says that there is none. Throws AppError
   * DEPENDENCY_UNAVAILABLE (retryable) when it does not answer.
   */
  schemaOf(id: number): Promise<object | undefined>;
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

/** The client's error for an answer of 404 has no code of the registry's in it, and in this call not even the status. */
const isAny404 = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ConfluentSchemaRegistryError' || ('status' in error && error.status === 404));

/** Look-ups over HTTP, each with a time-out and a few retries. */
export const createRegistry = (options: RegistryOptions): Registry => {
  const client = openClient(options);

  /** A 404 taken wrongly for a verdict would make dead letters of good records, so it is looked at closely. */
  const isAbsent = async (id: number): Promise<boolean> => {
    const request = {
      method: 'GET',
      path: `/schemas/ids/${id}`,
      timeoutMs: options.timeoutMs ?? 2_000,
    } as const;
    return isOwn404(await callRegistry(options, request));
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
      try {
        return JSON.parse(JSON.stringify(await client.getSchema(id))) as object;
      } catch (error) {
        const absent = isAny404(error) && (await isAbsent(id).catch(() => false));
        if (absent) return undefined;
        throw silent(error);
      }
    },
  };
};
