import type { Permission } from '@contact-sync/api-contracts';
import { ConfigError, settingFault } from '@contact-sync/service-kit';
import { createSecretStore, type SignatureScheme } from '@contact-sync/webhook-signature';
import type { ContactEditor, ContactReader, FateReader, Targets } from '../ports.ts';
import { createAcmeEndpoint } from './endpoint/acme-endpoint.ts';
import { readTarget, type Target } from './endpoint/target.ts';
import { createGatewayEditor, createGatewayFates, createGatewayReader } from './gateway.ts';
import { systemClock } from './system-clock.ts';

/** The system that a run is played against. */
export type System = {
  readonly ingestUrl: string;
  /** Other doors of it, where deliveries may go on request. */
  readonly otherTargets?: readonly string[];
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

const readTargets = ({ ingestUrl, otherTargets = [] }: System): readonly [Target, ...Target[]] => {
  const read = (text: string, setting: string): Target => {
    const target = readTarget(text);
    if (target) return target;
    const reason = 'must be an origin and nothing more, in its plain spelling';
    throw new ConfigError([settingFault(setting, reason, 'http://webhook-ingest:3003')]);
  };
  return [read(ingestUrl, 'INGEST_URL'), ...otherTargets.map((text) => read(text, 'SIMULATOR_TARGETS'))];
};

/** What runs and single deliveries need of a system. */
export type ConnectedSystem = {
  readonly targets: Targets;
  readonly reader: ContactReader;
  readonly editor: ContactEditor;
  readonly fates: FateReader;
  readonly close: () => Promise<void>;
};

/**
 * Connects to a system.
 *
 * @throws {ConfigError} where the address of ingest is no plain origin.
 * @throws {SecretFileError} where the secrets cannot be used.
 */
export const connectSystem = async (
  system: System,
  { onReload = () => undefined, onError = () => undefined }: SystemEvents = {},
): Promise<ConnectedSystem> => {
  const [first, ...others] = readTargets(system);
  const { acmeSecretsFile: file, scheme, clientId, clientSecret, gatewayUrl } = system;
  const secrets = await createSecretStore({ file, scheme, onReload, onError });
  const endpoints = new Map(
    [first, ...others].map((target) => [
      target.origin,
      createAcmeEndpoint({ target, secrets, clock: systemClock }),
    ]),
  );
  const asMachine = (...scopes: readonly Permission[]) => ({
    gatewayUrl,
    credentials: { clientId, clientSecret, scopes },
  });
  return {
    targets: {
      names: [first.origin, ...others.map(({ origin }) => origin)],
      endpointOf: (name) => endpoints.get(name),
    },
    reader: createGatewayReader(asMachine('contacts:read')),
    editor: createGatewayEditor(asMachine('contacts:read', 'contacts:write')),
    fates: createGatewayFates(asMachine('events:read')),
    close: async () => {
      secrets.close();
      await Promise.all([...endpoints.values()].map((endpoint) => endpoint.close()));
    },
  };
};
