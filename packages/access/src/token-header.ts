import { accessTokenAlgorithm, accessTokenType } from './access-claims.ts';

const members = new Set(['alg', 'typ', 'kid']);
const keyId = /^[\w.-]{1,64}$/;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The key id of a header that is exactly one of ours: ES256, `at+jwt`, a plain `kid` and nothing else. Any further
 * member (`jku`, `jwk`, `x5u`, `crit` and their like) is somebody trying to choose the key, and refused before a key is
 * looked for.
 */
export const keyIdOf = (header: unknown): string | undefined => {
  if (!isRecord(header) || Object.keys(header).some((member) => !members.has(member))) return undefined;
  const { alg, typ, kid } = header;
  if (alg !== accessTokenAlgorithm || typ !== accessTokenType) return undefined;
  return typeof kid === 'string' && keyId.test(kid) ? kid : undefined;
};
