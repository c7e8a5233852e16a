/** Where a Confluent-compatible registry is. */
export type RegistryAddress = {
  /** Base of the API, for example `http://registry:8080/apis/ccompat/v7`. */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string };
};

export type RegistryAnswer = { readonly status: number; readonly text: string };

type RegistryRequest = {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly timeoutMs: number;
};

const authorization = ({ auth }: RegistryAddress): Record<string, string> =>
  auth === undefined
    ? {}
    : {
        authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`,
      };

/** One request, for what the registry client does not offer. Rejects when there is no answer in time. */
export const callRegistry = async (
  address: RegistryAddress,
  { method, path, body, timeoutMs }: RegistryRequest,
): Promise<RegistryAnswer> => {
  const response = await fetch(`${address.url}${path}`, {
    method,
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json', ...authorization(address) },
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
};

/** A text as JSON; undefined where it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether an answer is the registry's own "there is none": a 404 from a proxy or a wrong address carries no such code. */
export const isOwn404 = ({ status, text }: RegistryAnswer): boolean => {
  if (status !== 404) return false;
  const { error_code: code } = (jsonOf(text) ?? {}) as { error_code?: unknown };
  return typeof code === 'number' && Math.trunc(code / 100) === 404;
};
