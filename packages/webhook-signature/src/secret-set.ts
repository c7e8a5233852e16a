import type { SignatureScheme } from './scheme.ts';
import { isActive, type Secret } from './secret.ts';

/** How often and when a secret last verified a delivery in this process, so that operators see when it may go. */
export type SecretUsage = { readonly count: number; readonly lastVerifiedAt: number | null };

/** Where a verifier takes its secrets from. */
export type SecretSource = {
  readonly scheme: SignatureScheme;
  /** The secrets that count at `now` (milliseconds), at most three. */
  active(now: number): readonly Secret[];
  /** Called for each accepted delivery. */
  used(id: string, now: number): void;
};

/** Secrets that do not change, with their usage. */
export type SecretSet = SecretSource & {
  readonly secrets: readonly Secret[];
  /** Usage by secret id; a secret that never verified anything is there with 0. */
  usage(): Record<string, SecretUsage>;
};

/** Usage of a secret goes over from `previous` where id and key are the same. */
export const createSecretSet = (
  scheme: SignatureScheme,
  secrets: readonly Secret[],
  previous?: SecretSet,
): SecretSet => {
  const usage = new Map(secrets.map((secret) => [secret.id, inherited(secret, previous)]));
  return {
    scheme,
    secrets,
    active: (now) => secrets.filter((secret) => isActive(secret, now)),
    used(id, now) {
      const count = usage.get(id)?.count ?? 0;
      if (usage.has(id)) usage.set(id, { count: count + 1, lastVerifiedAt: now });
    },
    usage: () => Object.fromEntries(usage),
  };
};

const unused: SecretUsage = { count: 0, lastVerifiedAt: null };

const inherited = (secret: Secret, previous: SecretSet | undefined): SecretUsage => {
  const same = previous?.secrets.find(({ id, key }) => id === secret.id && key.equals(secret.key));
  return (same && previous?.usage()[same.id]) ?? unused;
};
