import type { ServiceName } from './service-plan.ts';

/**
 * How much memory V8 may take before it collects, for services wherever they run (docs/adr/0014): young objects in 8 MiB,
 * and an old generation that is collected whenever it has grown by 60 %. Its own choice rests on the machine's memory, so
 * that a service of 60 MiB of live objects takes 400 MiB. No cap: what is under way is bounded by settings.
 */
const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=60'];

/**
 * For a service whose batches live longer than young objects may: collecting them early costs it a quarter, letting V8
 * shrink their room whenever little of it is in use a tenth, and an old generation that grows by half as much an eighth.
 */
const ROOMY_NODE_FLAGS: readonly string[] = [
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
  '--heap-growing-percent=300',
];

/** For a service whose deliveries wait for the broker, and outlive 8 MiB: a twelfth of what one costs, for 13 MiB more. */
const WAITING_NODE_FLAGS: readonly string[] = ['--max-semi-space-size=16', '--heap-growing-percent=60'];

const flagsByName: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {
  'contact-service': ROOMY_NODE_FLAGS,
  'webhook-ingest': WAITING_NODE_FLAGS,
};

/** What Node is given to run a service's code. */
export const nodeFlagsOf = (name: ServiceName): readonly string[] => flagsByName[name] ?? NODE_FLAGS;

/** What Node is given to run a built service, in the service's folder. */
export const serviceCommand = (name: ServiceName): readonly string[] => [
  ...nodeFlagsOf(name),
  'dist/main.js',
];
