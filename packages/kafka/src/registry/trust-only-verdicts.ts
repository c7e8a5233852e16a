import type { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

type ClientOptions = ConstructorParameters<typeof SchemaRegistry>[0];

/** The HTTP client's middleware, by the registry client's own types. */
export type RegistryMiddleware = NonNullable<ClientOptions['middlewares']>[number];

/** The registry's own "no such subject, version or schema" carries a code of 404xx. */
const isVerdict = (body: unknown): boolean => {
  const code = (body as { error_code?: unknown } | null)?.error_code;
  return typeof code === 'number' && Math.trunc(code / 100) === 404;
};

/**
 * Turns every other 404 into a 502: it comes from a proxy or a wrong address, and taken for "no such schema" it would
 * make dead letters of good records.
 */
export const trustOnlyVerdicts: RegistryMiddleware = () => ({
  response: (next) =>
    next().catch((response) => {
      const isFalse = response.status() === 404 && !isVerdict(response.data());
      throw isFalse ? response.enhance({ status: 502 }) : response;
    }),
});
