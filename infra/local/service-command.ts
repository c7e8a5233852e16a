/**
 * How much memory V8 may take before it collects, for every service wherever it runs (docs/adr/0014): young objects in
 * 8 MiB, and an old generation that is collected whenever it has grown by 60 %. Its own choice rests on the machine's
 * memory, so that a service of 60 MiB of live objects takes 400 MiB. No cap: what is under way is bounded by settings.
 */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=8', '--heap-growing-percent=60'];

/** What Node is given to run a built service, in the service's folder. */
export const SERVICE_COMMAND: readonly string[] = [...NODE_FLAGS, 'dist/main.js'];
