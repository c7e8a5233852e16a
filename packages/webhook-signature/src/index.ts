export { type AcmeDelivery, createAcmeVerifier, signAcme, type VerifierOptions } from './acme.ts';
export type { Delivery, SignatureFault, SignatureVerifier, Verdict } from './delivery.ts';
export {
  type ParsedSecrets,
  type ParseSecretsOptions,
  parseSecrets,
  type SecretFault,
} from './parse-secrets.ts';
export type { SignatureScheme } from './scheme.ts';
export type { Secret } from './secret.ts';
export type { SecretSet, SecretSource, SecretUsage } from './secret-set.ts';
export {
  createSecretStore,
  SecretFileError,
  type SecretStore,
  type SecretStoreOptions,
} from './secret-store.ts';
export {
  createStandardWebhooksVerifier,
  type StandardWebhooksDelivery,
  signStandardWebhooks,
} from './standard-webhooks.ts';
