import { faultOfSecret, keyOf, type SignatureScheme } from './scheme.ts';
import { isActive, maxActiveSecrets, type Secret } from './secret.ts';
import { createSecretSet, type SecretSet } from './secret-set.ts';

/** One fault of a secrets file; `pointer` is a JSON pointer (RFC 6901), `detail` never repeats what stands there. */
export type SecretFault = { readonly pointer: string; readonly detail: string };

export type ParsedSecrets =
  | { readonly ok: true; readonly set: SecretSet }
  | { readonly ok: false; readonly faults: readonly SecretFault[] };

export type ParseSecretsOptions = {
  readonly scheme: SignatureScheme;
  /** The set that the new one replaces; usage of secrets that stay goes over. */
  readonly previous?: SecretSet;
};

type Report = (pointer: string, detail: string) => void;

const maxSecrets = 20;

const memberNames: ReadonlySet<string> = new Set(['id', 'secret', 'notBefore', 'notAfter']);

/**
 * Reads `{"secrets": [{"id", "secret", "notBefore": null | ISO 8601, "notAfter": null | ISO 8601}]}`. Never throws; names
 * all faults at once. Refuses what would make rotation unclear: a name or a secret twice, unknown members, more than
 * three secrets that count at one time.
 */
export const parseSecrets = (text: string, options: ParseSecretsOptions): ParsedSecrets => {
  const faults: SecretFault[] = [];
  const secrets = readFile(text, options.scheme, (pointer, detail) => faults.push({ pointer, detail }));
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, set: createSecretSet(options.scheme, secrets, options.previous) };
};

const readFile = (text: string, scheme: SignatureScheme, report: Report): readonly Secret[] => {
  const file = parseJson(text);
  if (!isObject(file)) {
    report('', 'must be a JSON object');
    return [];
  }
  for (const name of Object.keys(file)) {
    if (name !== 'secrets') report(`/${escapePointer(name)}`, 'is not a known member');
  }
  const entries = file['secrets'];
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > maxSecrets) {
    report('/secrets', `must be a list of 1 to ${maxSecrets} secrets`);
    return [];
  }
  const secrets = entries.map((entry, index) => readSecret(entry, `/secrets/${index}`, scheme, report));
  const read = secrets.filter((secret) => secret !== undefined);
  if (read.length === entries.length) checkTogether(read, report);
  return read;
};

const readSecret = (
  entry: unknown,
  pointer: string,
  scheme: SignatureScheme,
  report: Report,
): Secret | undefined => {
  if (!isObject(entry)) {
    report(pointer, 'must be an object');
    return undefined;
  }
  for (const name of Object.keys(entry)) {
    if (!memberNames.has(name)) report(`${pointer}/${escapePointer(name)}`, 'is not a known member');
  }
  const { id, secret } = entry;
  const validId = typeof id === 'string' && /^[\w.-]{1,64}$/.test(id);
  if (!validId) report(`${pointer}/id`, 'must be 1 to 64 letters, digits or ._-');
  const fault = typeof secret === 'string' ? faultOfSecret(scheme, secret) : 'must be a string';
  if (fault !== undefined) report(`${pointer}/secret`, fault);
  const notBefore = readTime(entry['notBefore'], Number.NEGATIVE_INFINITY);
  const notAfter = readTime(entry['notAfter'], Number.POSITIVE_INFINITY);
  if (notBefore === undefined) report(`${pointer}/notBefore`, timeDetail);
  if (notAfter === undefined) report(`${pointer}/notAfter`, timeDetail);
  if (!validId || fault !== undefined || notBefore === undefined || notAfter === undefined) return undefined;
  if (notBefore >= notAfter) report(`${pointer}/notAfter`, 'must be later than notBefore');
  return { id, key: keyOf(scheme, String(secret)), notBefore, notAfter };
};

const timeDetail = 'must be null or an ISO 8601 time with a zone';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

const readTime = (value: unknown, whenEmpty: number): number | undefined => {
  if (value === null || value === undefined) return whenEmpty;
  if (typeof value !== 'string' || !isoTime.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
};

const checkTogether = (secrets: readonly Secret[], report: Report): void => {
  for (const [index, secret] of secrets.entries()) {
    const earlier = secrets.slice(0, index);
    if (earlier.some(({ id }) => id === secret.id)) report(`/secrets/${index}/id`, 'stands here twice');
    if (earlier.some(({ key }) => key.equals(secret.key))) {
      report(`/secrets/${index}/secret`, 'is the same as an earlier one');
    }
    // The number that count rises only where one begins to.
    if (secrets.filter((other) => isActive(other, secret.notBefore)).length > maxActiveSecrets) {
      report(`/secrets/${index}`, `begins while ${maxActiveSecrets} others count; let one end before`);
    }
  }
};

/** The engine's own message quotes the text, which holds secrets. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name as long as a secret may be one that was pasted into the wrong place. */
const escapePointer = (name: string): string =>
  name.length > 15 ? '…' : name.replaceAll('~', '~0').replaceAll('/', '~1');
