import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseSecrets, type SecretFault } from './parse-secrets.ts';
import type { SignatureScheme } from './scheme.ts';
import type { SecretSet, SecretSource, SecretUsage } from './secret-set.ts';
import { watchFile } from './watch-file.ts';

/** A secrets file that cannot be used: where and why, never what it holds. */
export class SecretFileError extends Error {
  override readonly name = 'SecretFileError';
  readonly faults: readonly SecretFault[];

  constructor(file: string, faults: readonly SecretFault[]) {
    const places = faults.map(({ pointer, detail }) => `${pointer || 'the file'} ${detail}`);
    super(`secrets file ${file}: ${places.join('; ')}`);
    this.faults = faults;
  }
}

export type SecretStoreOptions = {
  readonly file: string;
  /** `acme` by default. */
  readonly scheme?: SignatureScheme;
  /** A changed file is in use; told with the ids that it holds. */
  readonly onReload?: (ids: readonly string[]) => void;
  /** A changed file cannot be used, so the secrets before it stay; told once for each such content. */
  readonly onError?: (error: SecretFileError) => void;
  /** How often the file is read without a notice of a change. 5,000 by default. */
  readonly pollMs?: number;
};

export type SecretStore = SecretSource & {
  /** Usage since the start of the process of each secret in the file. */
  usage(): Record<string, SecretUsage>;
  /** Reads the file now; resolves when its secrets, or the ones before, are in use. Rejects only with what a callback threw. */
  reload(): Promise<void>;
  /** Stops watching; the secrets stay usable. */
  close(): void;
};

/**
 * Secrets from a mounted file, followed while it changes: a changed file counts within `pollMs`, usually at once, and
 * swapped symbolic links (Kubernetes) are changes too. Rejects with a SecretFileError when the first read fails.
 */
export const createSecretStore = async (options: SecretStoreOptions): Promise<SecretStore> => {
  const { file, scheme = 'acme', onReload, onError, pollMs = 5_000 } = options;
  const first = await readSecrets(file, scheme);
  if (first.error) throw first.error;
  let current = first.set;
  let seen = first.fingerprint;
  let reading = Promise.resolve();

  const follow = async () => {
    const next = await readSecrets(file, scheme, current);
    if (next.fingerprint === seen) return;
    seen = next.fingerprint;
    if (next.error) return onError?.(next.error);
    current = next.set;
    onReload?.(current.secrets.map(({ id }) => id));
  };
  // One after the other: an older read that ends late must not undo a newer one.
  const reload = () => {
    reading = reading.then(follow, follow);
    return reading;
  };

  return {
    scheme,
    active: (now) => current.active(now),
    used: (id, now) => current.used(id, now),
    usage: () => current.usage(),
    reload,
    close: watchFile(file, pollMs, reload),
  };
};

type Reading = { readonly fingerprint: string } & (
  | { readonly set: SecretSet; readonly error?: never }
  | { readonly error: SecretFileError; readonly set?: never }
);

const readSecrets = async (file: string, scheme: SignatureScheme, previous?: SecretSet): Promise<Reading> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') {
    const code = text.code ?? 'unknown error';
    const faults = [{ pointer: '', detail: `cannot be read (${code})` }];
    return { fingerprint: code, error: new SecretFileError(file, faults) };
  }
  const fingerprint = createHash('sha256').update(text).digest('hex');
  const parsed = parseSecrets(text, { scheme, ...(previous && { previous }) });
  return parsed.ok
    ? { fingerprint, set: parsed.set }
    : { fingerprint, error: new SecretFileError(file, parsed.faults) };
};
