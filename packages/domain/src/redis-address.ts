/** One server. */
export type RedisServerAddress = { readonly kind: 'server'; readonly host: string; readonly port: number };

/** A primary that Sentinel knows by a name, wherever it is at the moment. */
export type RedisSentinelAddress = {
  readonly kind: 'sentinel';
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  readonly master: string;
  /** For the sentinels and for the servers that they name. */
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  readonly database: number;
  /** Where the sentinels want a login of their own. */
  readonly sentinelUser?: string;
  readonly sentinelPassword?: string;
};

export type RedisAddress = RedisServerAddress | RedisSentinelAddress;

const endpointOf = (text: string, defaultPort: number) => {
  const url = URL.canParse(`redis://${text}`) ? new URL(`redis://${text}`) : undefined;
  if (url === undefined || url.hostname === '' || /[/?#@\s]/.test(text)) return undefined;
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || defaultPort) };
};

const serverAddress = (text: string): RedisServerAddress | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    url.hostname === '' ||
    url.hostname.includes(',') ||
    !/^(\/\d*)?$/.test(url.pathname)
  )
    return undefined;
  return { kind: 'server', host: url.hostname, port: Number(url.port || 6379) };
};

const SENTINEL =
  /^redis(?<tls>s?)-sentinel:\/\/(?:(?<user>[^:@/?#]*):(?<password>[^@/?#]*)@)?(?<hosts>[^@/?#]+)(?:\/(?<database>\d*))?\?(?<query>[^#]+)$/;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const queryNames = ['master', 'sentinelUser', 'sentinelPassword'] as const;
type Query = Readonly<Partial<Record<(typeof queryNames)[number], string>>>;

/** Of `name=value&…`; undefined where a name is not known, stands twice or has no value. */
const queryOf = (text: string): Query | undefined => {
  const found: Partial<Record<(typeof queryNames)[number], string>> = {};
  for (const pair of text.split('&')) {
    const [, given, encoded = ''] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    const name = queryNames.find((known) => known === given);
    const value = decoded(encoded);
    if (name === undefined || found[name] !== undefined || !value) return undefined;
    found[name] = value;
  }
  return found;
};

const sentinelAddress = (text: string): RedisSentinelAddress | undefined => {
  const { tls, user, password, hosts = '', database, query = '' } = SENTINEL.exec(text)?.groups ?? {};
  const sentinels = hosts.split(',').map((host) => endpointOf(host, 26_379));
  const { master, ...sentinelLogin } = queryOf(query) ?? {};
  const login = [user ?? '', password ?? ''].map(decoded);
  if (master === undefined || sentinels.includes(undefined) || login.includes(undefined)) return undefined;
  return {
    kind: 'sentinel',
    sentinels: sentinels.filter((each) => each !== undefined),
    master,
    tls: tls === 's',
    ...(login[0] && { username: login[0] }),
    ...(login[1] && { password: login[1] }),
    database: Number(database || 0),
    ...sentinelLogin,
  };
};

/**
 * Where a Redis is, by its URL: `redis://[user:password@]host[:port][/database]`, or
 * `redis-sentinel://[user:password@]host[:port],…[/database]?master=NAME[&sentinelUser=…&sentinelPassword=…]` for the
 * primary of that name; `rediss://` and `rediss-sentinel://` over TLS. Parts are percent-encoded. Undefined where it is none.
 */
export const parseRedisAddress = (text: string): RedisAddress | undefined => {
  if (/^rediss?:\/\//.test(text)) return serverAddress(text);
  return sentinelAddress(text);
};
