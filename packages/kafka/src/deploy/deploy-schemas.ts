import { AppError } from '@contact-sync/domain';
import type { TopicReader } from '../contracts/topic-contract.ts';

export type SchemaReport = { readonly subject: string; readonly id: number; readonly version: number };

type Options = {
  /** Base of the Confluent-compatible API. */
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string };
};

const contentType = 'application/vnd.schemaregistry.v1+json';

const unreachable = (url: string, cause: unknown): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The schema registry does not answer',
    internal: `${url}: ${cause instanceof Error ? (cause.cause as Error | undefined)?.message || cause.message : cause}`,
    cause,
    retryable: true,
  });

const refused = (what: string, status: number, text: string): AppError =>
  new AppError('CONFLICT', {
    message: 'The schema registry refuses',
    internal: `${what}: ${status} ${text.slice(0, 500)}`,
  });

const call = async <T>({ url, auth }: Options, method: string, path: string, body: object): Promise<T> => {
  const headers: Record<string, string> = { 'content-type': contentType };
  if (auth !== undefined) {
    headers['authorization'] = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  }
  const request = { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000) };
  const response = await fetch(`${url}${path}`, request).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  const text = await response.text();
  if (!response.ok) throw refused(`${method} ${path}`, response.status, text);
  return JSON.parse(text) as T;
};

const deployOne = async (
  options: Options,
  { subject, schema }: TopicReader<unknown>,
): Promise<SchemaReport> => {
  const path = encodeURIComponent(subject);
  const body = { schema: JSON.stringify(schema) };
  // Before the first version: the rule has to be there when that is judged, and is never made by two at once.
  await call(options, 'PUT', `/config/${path}`, { compatibility: 'FULL_TRANSITIVE' });
  await call(options, 'POST', `/subjects/${path}/versions`, body);
  const { id, version } = await call<SchemaReport>(options, 'POST', `/subjects/${path}`, body);
  return { subject, id, version };
};

/**
 * Registers the contracts' schemas under their subjects, compatible with all earlier versions in both directions. A
 * schema that is there already keeps its id. Throws AppError: DEPENDENCY_UNAVAILABLE when the registry does not answer,
 * CONFLICT with its reason when it refuses (an incompatible schema, for example).
 */
export const deploySchemas = async (
  options: Options,
  contracts: readonly TopicReader<unknown>[],
): Promise<SchemaReport[]> => {
  const reports: SchemaReport[] = [];
  // One after the other: a registry may answer falsely to first registrations at the same time.
  for (const contract of contracts) reports.push(await deployOne(options, contract));
  return reports;
};
