import { AppError } from '@contact-sync/domain';
import type { TopicReader } from '../contracts/topic-contract.ts';
import { callRegistry, type RegistryAddress } from '../registry/registry-http.ts';

export type SchemaReport = { readonly subject: string; readonly id: number; readonly version: number };

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

const call = async <T>(
  address: RegistryAddress,
  method: 'PUT' | 'POST',
  path: string,
  body: object,
): Promise<T> => {
  const { status, text } = await callRegistry(address, { method, path, body, timeoutMs: 10_000 }).catch(
    (error: unknown) => {
      throw unreachable(address.url, error);
    },
  );
  if (status >= 300) throw refused(`${method} ${path}`, status, text);
  return JSON.parse(text) as T;
};

const deployOne = async (
  address: RegistryAddress,
  { subject, schema }: TopicReader<unknown>,
): Promise<SchemaReport> => {
  const path = encodeURIComponent(subject);
  const body = { schema: JSON.stringify(schema) };
  // Before the first version: the rule has to be there when that is judged, and is never made by two at once.
  await call(address, 'PUT', `/config/${path}`, { compatibility: 'FULL_TRANSITIVE' });
  await call(address, 'POST', `/subjects/${path}/versions`, body);
  const { id, version } = await call<SchemaReport>(address, 'POST', `/subjects/${path}`, body);
  return { subject, id, version };
};

/** Others that begin a subject at the same moment make a registry refuse what it takes once they are done. */
const mostTries = 4;

const deployBesideOthers = async (
  address: RegistryAddress,
  contract: TopicReader<unknown>,
): Promise<SchemaReport> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deployOne(address, contract);
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'CONFLICT';
      if (!isRefused || attempt === mostTries) throw error;
    }
  }
};

/**
 * Registers the contracts' schemas under their subjects, compatible with all earlier versions in both directions. A
 * schema that is there already keeps its id. Throws AppError: DEPENDENCY_UNAVAILABLE when the registry does not answer,
 * CONFLICT with its reason when it refuses (an incompatible schema, for example).
 */
export const deploySchemas = async (
  address: RegistryAddress,
  contracts: readonly TopicReader<unknown>[],
): Promise<SchemaReport[]> => {
  const reports: SchemaReport[] = [];
  // One after the other: registrations at the same time are in each other's way.
  for (const contract of contracts) reports.push(await deployBesideOthers(address, contract));
  return reports;
};
