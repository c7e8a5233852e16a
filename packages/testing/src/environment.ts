const names = ['KAFKA_BROKERS', 'SCHEMA_REGISTRY_URL', 'REDIS_URL'] as const;

export type TestEnvironment = Readonly<Record<(typeof names)[number], string>>;

/**
 * Where the real servers of this test run are. Reading an address that was not given throws and says how to get one, so
 * a test needs only what it reads.
 */
export const testEnvironment = (environment: NodeJS.ProcessEnv = process.env): TestEnvironment =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      names.map((name) => [name, { enumerable: true, get: () => required(environment, name) }]),
    ),
  ) as TestEnvironment;

const required = (environment: NodeJS.ProcessEnv, name: string): string => {
  const address = environment[name];
  if (address) return address;
  throw new Error(
    `${name} is not set. Run the test as *.int.test.ts by "npx vitest run <path>" in the root, which starts the servers, ` +
      'or start them by "npm run infra" and export what it prints.',
  );
};
