import { isIPv4, isIPv6 } from 'node:net';
import { type Check, compileCheck, parseRedisAddress } from '@contact-sync/domain';
import type { TSchema } from 'typebox';

const urlOf = (text: string, protocols: readonly string[]): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && protocols.includes(url.protocol) && url.hostname !== '' ? url : undefined;
};

const isBelow = (text: string | undefined, largest: number): boolean =>
  text === undefined || (/^\d{1,3}$/.test(text) && Number(text) <= largest);

const isCidr = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  if (more.length > 0) return false;
  return (isIPv4(address) && isBelow(prefix, 32)) || (isIPv6(address) && isBelow(prefix, 128));
};

const isHttpUrl = (text: string): boolean => {
  const url = urlOf(text, ['http:', 'https:']);
  return (
    url !== undefined && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  );
};

const isHttpOrigin = (text: string): boolean => isHttpUrl(text) && new URL(text).pathname === '/';

const isRedisUrl = (text: string): boolean => parseRedisAddress(text) !== undefined;

const isBroker = (text: string): boolean => {
  const { host, port } = /^\s*(?<host>[^:\s/]+|\[[^\]\s]+\]):(?<port>\d{1,5})\s*$/.exec(text)?.groups ?? {};
  return host !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
};

type Format = {
  readonly validate: (text: string) => boolean;
  /** Follows the name of the setting in a message. */
  readonly says: string;
  readonly example: string;
};

/** What the text of a setting may be, beyond what a pattern can say, by the name that its schema has under `format`. */
export const formats = {
  cidr: { validate: isCidr, says: 'must be an address or a CIDR', example: '10.0.0.0/8' },
  'http-url': {
    validate: isHttpUrl,
    says: 'must be an http or https address without user, query and fragment',
    example: 'http://registry:8081/apis/ccompat/v7',
  },
  'http-origin': {
    validate: isHttpOrigin,
    says: 'must be an http or https address without a path',
    example: 'http://service:3000',
  },
  'redis-url': {
    validate: isRedisUrl,
    says: 'must be redis://[user:password@]host[:port][/database], or redis-sentinel://[user:password@]host[:port],…[/database]?master=name; rediss for TLS',
    example: 'redis://user:password@redis:6379',
  },
  broker: { validate: isBroker, says: 'must be host:port', example: 'kafka:9092' },
} as const satisfies Readonly<Record<string, Format>>;

/** The format of that name, where it is one of ours. */
export const formatOf = (name: unknown): Format | undefined =>
  typeof name === 'string' && Object.hasOwn(formats, name)
    ? formats[name as keyof typeof formats]
    : undefined;

/** {@link compileCheck} of a schema that has settings in it. */
export const compileSettingsCheck = (schema: TSchema): Check =>
  compileCheck(
    schema,
    Object.fromEntries(Object.entries(formats).map(([name, { validate }]) => [name, validate])),
  );
