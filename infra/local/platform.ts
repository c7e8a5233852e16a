import type { ClientId } from './secrets.ts';
import type { ServiceName } from './service-plan.ts';

/** The running system as a client and an observer of its processes sees it. */
export interface Platform {
  gatewayUrl: string;
  ingestUrl: string;
  simulatorUrl: string;
  opsUrls: Record<ServiceName, string>;
  pids: Record<ServiceName, number>;
  admin: { email: string; password: string };
  /** The secret that AcmeCRM signs with. */
  acmeSecret: string;
  /** The file with it, as the services have it. */
  acmeSecretsFile: string;
  /** The key of AcmeCRM's API, which the simulator serves. */
  acmeApiKey: string;
  /** Of the services' machine clients. */
  clientSecrets: Record<ClientId, string>;
  /** From the start of the launcher until every service was ready. */
  startupSeconds: number;
  /** One log per server and service. */
  logDir: string;
}
