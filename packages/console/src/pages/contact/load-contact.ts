import { ApiProblem, type Client } from '@contact-sync/client';
import type { Contact } from '@contact-sync/domain';

type AcmeView = Awaited<ReturnType<Client['getAcmeRecord']>>['body'];
type Mapped = Awaited<ReturnType<Client['previewMapping']>>['body'];

/** A contact on both sides; only one of them may be there. */
export type BothSides = {
  readonly contact: Contact | undefined;
  readonly etag: string | undefined;
  readonly acme: AcmeView | undefined;
  /** AcmeCRM's record as the mapping in force reads it. */
  readonly mapped: Mapped | undefined;
};

type Reading = Pick<Client, 'getContact' | 'getAcmeRecord' | 'previewMapping'>;

const unlessMissing = async <Value>(asked: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
};

/**
 * Reads a contact on both sides, past every cache.
 *
 * @throws {ApiProblem} 404 where neither side knows it.
 */
export const loadContact = async (api: Reading, id: string, signal: AbortSignal): Promise<BothSides> => {
  const options = { signal, headers: { 'cache-control': 'no-cache' } };
  const [ours, theirs] = await Promise.all([
    unlessMissing(api.getContact({ params: { id } }, options)),
    unlessMissing(api.getAcmeRecord({ params: { id } }, options)),
  ]);
  // Asked once more where neither is there, so that what is told is the API's own answer.
  const found = ours ?? (theirs ? undefined : await api.getContact({ params: { id } }, options));
  const record = theirs?.body.record;
  const mapped = record ? await api.previewMapping({ body: { record } }, { signal }) : undefined;
  return {
    contact: found?.status === 200 ? found.body : undefined,
    etag: found?.etag,
    acme: theirs?.body,
    mapped: mapped?.body,
  };
};
