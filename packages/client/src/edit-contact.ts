import type { AnswerBodyOf } from '@contact-sync/api-contracts';
import { ApiProblem } from './api-problem.ts';
import type { Client } from './create-client.ts';
import type { ApiRoutes, CallInput, CallOptions } from './route-types.ts';

type Contact = AnswerBodyOf<ApiRoutes['getContact'], 200>;
type Patch = CallInput<ApiRoutes['patchContact']>['body'];

export type EditOptions = CallOptions & {
  /** How often it may be read; 5 by default. */
  readonly attempts?: number;
};

type Editing = Pick<Client, 'getContact' | 'patchContact'>;

/** A second reading must not be the one that was stale. */
const past = (options: CallOptions): CallOptions => ({
  ...options,
  headers: { ...options.headers, 'cache-control': 'no-cache' },
});

const read = async (api: Editing, id: string, options: CallOptions) => {
  const answer = await api.getContact({ params: { id } }, options);
  if (answer.status !== 200 || answer.etag === undefined)
    throw new TypeError(`the answer ${answer.status} names no version of the contact`);
  return { contact: answer.body, etag: answer.etag };
};

const isStale = (error: unknown): boolean => error instanceof ApiProblem && error.status === 412;

/**
 * Changes a contact by what it is: reads it, asks `change` for a merge patch, and sends that for the version it read.
 * When somebody else was faster (412) it reads and asks again, so that no change is lost. Gives the contact as it then
 * is. Where `change` gives nothing, nothing is sent.
 *
 * @throws {ApiProblem} 412 when somebody was faster at every attempt; any other problem at once.
 */
export const editContact = async (
  api: Editing,
  id: string,
  change: (contact: Contact) => Patch | undefined,
  { attempts = 5, ...options }: EditOptions = {},
): Promise<Contact> => {
  for (let attempt = 1; ; attempt += 1) {
    const { contact, etag } = await read(api, id, attempt === 1 ? options : past(options));
    const patch = change(contact);
    if (patch === undefined) return contact;
    try {
      return (await api.patchContact({ params: { id }, body: patch, ifMatch: etag }, options)).body;
    } catch (error) {
      if (attempt >= attempts || !isStale(error)) throw error;
    }
  }
};
