import type { Permission } from '@contact-sync/api-contracts';
import { ConfigError } from '@contact-sync/service-kit';
import { createSecretStore, type SignatureScheme } from '@contact-sync/webhook-signature';
import type { ExecuteDependencies } from '../use-cases/execute-run.ts';
import { createAcmeEndpoint } from './endpoint/acme-endpoint.ts';
import { readTarget } from './endpoint/target.ts';
import { createGatewayEditor, createGatewayFates, createGatewayReader } from './gateway.ts';
import { systemClock } from './system-clock.ts';

/** The system that a run is played against. */
export type System = {
  readonly ingestUrl: string;
  readonly gatewayUrl: string;
  readonly acmeSecretsFile: string;
  readonly scheme: SignatureScheme;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type SystemEvents = {
  readonly onReload?: (ids: readonly string[]) => void;
  readonly onError?: (error: Error) => void;
};

/**
 * What a run needs of a system.
 *
 * @throws {ConfigError} where the address of ingest is no plain origin.
 * @throws {SecretFileError} where the secrets cannot be used.
 */
export const connectRun = async (
  system: System,
  { onReload = () => undefined, onError = () => undefined }: SystemEvents = {},
): Promise<{ readonly dependencies: ExecuteDependencies; readonly close: () => Promise<void> }> => {
  const target = readTarget(system.ingestUrl);
  if (!target)
    throw new ConfigError(['INGEST_URL: must be an origin and nothing more, in its plain spelling']);
  const { acmeSecretsFile: file, scheme, clientId, clientSecret, gatewayUrl } = system;
  const secrets = await createSecretStore({ file, scheme, onReload, onError });
  const endpoint = createAcmeEndpoint({ target, secrets, clock: systemClock });
  const asMachine = (...scopes: readonly Permission[]) => ({
    gatewayUrl,
    credentials: { clientId, clientSecret, scopes },
  });
  return {
    dependencies: {
      endpoint,
      reader: createGatewayReader(asMachine('contacts:read')),
      editor: createGatewayEditor(asMachine('contacts:read', 'contacts:write')),
      fates: createGatewayFates(asMachine('events:read')),
      clock: systemClock,
      random: Math.random,
    },
    close: async () => {
      secrets.close();
      await endpoint.close();
    },
  };
};
