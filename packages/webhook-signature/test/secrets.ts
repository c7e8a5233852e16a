import { parseSecrets, type SecretSet, type SignatureScheme } from '../src/index.ts';

export type SecretEntry = {
  readonly id: string;
  readonly secret: string;
  readonly notBefore?: string | null;
  readonly notAfter?: string | null;
};

/** The set that a file with these entries gives; fails the test when the file is refused. */
export const secretsOf = (scheme: SignatureScheme, ...secrets: readonly SecretEntry[]): SecretSet => {
  const parsed = parseSecrets(JSON.stringify({ secrets }), { scheme });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.set;
};
