/** The ways to get the three servers; any one of them is enough. */
export const WAYS_TO_GET_SERVERS = [
  'Any one of these is enough:',
  '  - Maven with access to Maven Central or a mirror of it (Debian, Ubuntu: apt install maven; macOS: brew install',
  '    maven), and Java 21 or newer, or else Python with pip, which fetches one;',
  '  - a running Docker engine;',
  '  - servers of your own: set KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL.',
].join('\n');
