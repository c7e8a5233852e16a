import type { RedisConnection } from '@contact-sync/redis';
import { ConfigError, createHttpClient, type Metrics, settingFault } from '@contact-sync/service-kit';
import type { AcmeApi } from '../acme/acme-api.ts';
import { type AcmeClient, observeAcme } from '../adapters/acme/acme-metrics.ts';
import { createHttpAcmeApi } from '../adapters/acme/http-acme-api.ts';
import { createRedisAcmeTurns } from '../adapters/acme/redis-acme-turns.ts';
import type { Config } from '../config.ts';

const acmeAddress = ({ ACME_API_URL: url, ACME_API_KEY: apiKey }: Config) => {
  if (url === undefined) return undefined;
  if (apiKey !== undefined) return { url, apiKey };
  throw new ConfigError([
    settingFault('ACME_API_KEY', 'is needed where ACME_API_URL is set', 'the-key-that-AcmeCRM-gave-you'),
  ]);
};

/**
 * AcmeCRM's API at a rate of its own, which all copies share; undefined where no address of AcmeCRM is set.
 *
 * @throws {ConfigError} where the address has no key.
 */
export const connectAcme = (
  config: Config,
  { redis, metrics }: { readonly redis: RedisConnection; readonly metrics: Metrics },
  rate: { readonly name: AcmeClient; readonly perSecond: number },
): { readonly api: AcmeApi; readonly close: () => Promise<void> } | undefined => {
  const address = acmeAddress(config);
  if (address === undefined) return undefined;
  const { url: baseUrl, apiKey } = address;
  const http = createHttpClient({ peer: 'AcmeCRM', baseUrl, timeoutMs: config.ACME_TIMEOUT_MS, metrics });
  const turns = createRedisAcmeTurns({ redis, ...rate });
  const observe = observeAcme(metrics, rate.name);
  return { api: createHttpAcmeApi({ http, apiKey, turns, observe }), close: http.close };
};
