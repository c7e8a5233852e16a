import { Config as authService } from '@contact-sync/auth-service/config';
import { Config as contactService } from '@contact-sync/contact-service/config';
import { Config as eventWorker } from '@contact-sync/event-worker/config';
import { Config as gatewayApi } from '@contact-sync/gateway-api/config';
import { Config as webhookIngest } from '@contact-sync/webhook-ingest/config';
import { Config as webhookSimulator } from '@contact-sync/webhook-simulator/config';
import type { TObject } from 'typebox';
import { markdownTable } from './table.ts';

/** The settings of each service, by the name of its folder under `apps/`. */
export const settingsOf: Readonly<Record<string, TObject>> = {
  'gateway-api': gatewayApi,
  'auth-service': authService,
  'contact-service': contactService,
  'webhook-ingest': webhookIngest,
  'event-worker': eventWorker,
  'webhook-simulator': webhookSimulator,
};

/** What a setting's schema says of it; the keywords that our settings use. */
type Setting = {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Setting;
  readonly writeOnly?: boolean;
};

const code = (text: string): string => `\`${text}\``;

const lengthOf = ({ minLength, maxLength }: Setting): string => {
  if (maxLength !== undefined)
    return minLength === undefined
      ? `up to ${maxLength} characters`
      : `${minLength} to ${maxLength} characters`;
  return minLength !== undefined && minLength > 1 ? `${minLength} characters or more` : 'text';
};

const rangeOf = (setting: Setting): string => {
  if (setting.enum) return setting.enum.map((value) => code(String(value))).join(', ');
  if (setting.type === 'boolean') return '`true`, `false`';
  if (setting.type === 'integer' || setting.type === 'number')
    return `${setting.minimum} to ${setting.maximum}`;
  if (setting.type === 'array') return `list of ${rangeOf(setting.items ?? {})}`;
  const length = setting.pattern && setting.maxLength === undefined ? '' : lengthOf(setting);
  return [length, setting.pattern && code(setting.pattern)].filter(Boolean).join(', ');
};

const defaultOf = ({ default: value }: Setting): string => {
  if (value === undefined) return '';
  return Array.isArray(value) && value.length === 0 ? 'none' : code(String(value));
};

const rowsOf = (settings: TObject): string[][] => {
  const required: readonly string[] = settings.required ?? [];
  return Object.entries<Setting>(settings.properties).map(([name, setting]) => [
    setting.writeOnly ? `${code(name)} (secret)` : code(name),
    required.includes(name) && setting.default === undefined ? 'yes' : '',
    defaultOf(setting),
    rangeOf(setting),
    setting.description ?? '',
  ]);
};

const INTRODUCTION = `# Settings

Every service reads its settings from its environment, all of them at its start; where some are missing or wrong it names
each of them, and no value, and exits with 1. An empty value counts as absent. \`NAME_FILE\` may name a file that holds
\`NAME\`, whatever the setting; give those marked *secret* so, from a file that only the service may read.
\`apps/<service>/.env.example\` has each with a value for development.

The deploy step (\`npm run deploy:topics\`) takes the settings of Kafka and of the registry too, and
\`KAFKA_REPLICATION_FACTOR\`: copies of each partition, up to 3 by default; \`KAFKA_ACLS=true\` also grants the services what
[acls.yaml](../infra/kafka/acls.yaml) lists. Those of the launcher are in
[infra/README.md](../infra/README.md#where-kafka-the-registry-and-redis-come-from).

\`NODE_EXTRA_CA_CERTS\`, which Node itself reads, names a file of roots in PEM that are trusted beside Node's own: for Redis, Kafka,
the registry and peers alike. Names in certificates are always compared with the address. A file that cannot be used ends the
start; a server whose certificate is refused leaves the service not ready, and its log says what to do.

A URL of Redis is \`redis://[user:password@]host[:port][/database]\`, or, where Sentinel says which server is the primary,
\`redis-sentinel://[user:password@]host[:port],host[:port][/database]?master=NAME\`: user and password are those of the servers, and
\`&sentinelUser=\` and \`&sentinelPassword=\` those of the sentinels where they want any. \`rediss\` in place of \`redis\` is TLS, to
sentinels and servers. What is no plain letter in a user, password or name is percent-encoded. Redis Cluster is not spoken.

Made by \`npm run generate:settings\` from \`Config\` in \`apps/*/src/config.ts\`.
`;

/** docs/settings.md: one table a service. */
export const settingsDocument = (): string =>
  [
    INTRODUCTION,
    ...Object.entries(settingsOf).map(
      ([service, settings]) =>
        `## ${service}\n\n${markdownTable([['setting', 'needed', 'default', 'range', 'what it says'], ...rowsOf(settings)])}\n`,
    ),
  ].join('\n');
