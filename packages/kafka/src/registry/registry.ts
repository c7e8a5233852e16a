import { AppError } from '@contact-sync/domain';
import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import timeout from 'mappersmith/middleware/timeout';
import { type RegistryMiddleware, trustOnlyVerdicts } from './trust-only-verdicts.ts';

export type RegistryOptions = {
  /** Base of the Confluent-compatible API, for example `http://registry:8080/apis/ccompat/v7`. */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string };
  /** One request, 2,000 by default; a look-up may take three of them. */
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

/** The two shapes in which the client reports the registry's own 404. */
const isNotFound = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ConfluentSchemaRegistryError' || ('status' in error && error.status === 404));

/** Look-ups over HTTP, each with a time-out and a few retries. */
export const createRegistry = (options: RegistryOptions): Registry => {
  const client = new SchemaRegistry({
    host: options.url,
    clientId: 'contact-sync',
    retry,
    ...(options.auth === undefined ? {} : { auth: options.auth }),
    // The two builds of the HTTP client's types differ in a private member only.
    middlewares: [timeout(options.timeoutMs ?? 2_000) as unknown as RegistryMiddleware, trustOnlyVerdicts],
  });

  return {
    async idOf(subject, schema) {
      const confluentSchema = { type: SchemaType.AVRO as const, schema: JSON.stringify(schema) };
      const id = await client.getRegistryIdBySchema(subject, confluentSchema).catch((error: unknown) => {
        throw isNotFound(error) ? notDeployed(subject) : silent(error);
      });
      if (Number.isInteger(id)) return id;
      throw silent(new Error(`no id in the answer for ${subject}`));
    },

    async schemaOf(id) {
      try {
        return JSON.parse(JSON.stringify(await client.getSchema(id))) as object;
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw silent(error);
      }
    },
  };
};
