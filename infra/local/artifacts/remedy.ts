/** The ways to get the three servers; any one of them is enough. */
export const WAYS_TO_GET_SERVERS = [
  'Any one of these is enough:',
  '  - Maven (mvn) and Java 21 or newer, with access to Maven Central or a mirror of it for the first start',
  '    (Debian and Ubuntu: apt install maven openjdk-21-jre-headless; macOS: brew install maven openjdk);',
  '  - a running Docker engine;',
  '  - servers of your own: set KAFKA_BROKERS, SCHEMA_REGISTRY_URL and REDIS_URL.',
].join('\n');
