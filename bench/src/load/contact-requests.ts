import { seededRandom } from '@contact-sync/testing';
import { contactIdOf } from './contact-events.ts';
import type { LoadRequest } from './request-pool.ts';
import { createZipf } from './zipf.ts';

export type ContactRequestOptions = {
  readonly requests: number;
  /** Each request carries one of them, all equally often. */
  readonly tokens: readonly string[];
  /** Contacts 0 to this, drawn by Zipf. */
  readonly contacts: number;
  readonly method: 'GET' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
};

const seed = 20_250_601;
const random = seededRandom(seed);
let patches = 0;

const patchBody = (): string => {
  patches += 1;
  return `{"title":"Edited title ${patches}"}`;
};

/** The request on one contact: a read, or a patch that gives it a title that it never had. */
const requestOn = (number: number, token: string, options: ContactRequestOptions): LoadRequest => {
  const { method, headers = {} } = options;
  const path = `/api/v1/contacts/${contactIdOf(number)}`;
  const authorization = `Bearer ${token}`;
  if (method === 'GET') return { method, path, headers: { authorization, ...headers } };
  const conditional = { authorization, 'content-type': 'application/json', 'if-match': '*', ...headers };
  return { method, path, headers: conditional, body: patchBody() };
};

/** Requests on contacts drawn by Zipf, other ones at each call. */
export const contactRequests = (options: ContactRequestOptions): LoadRequest[] => {
  const { requests, tokens, contacts } = options;
  const draw = createZipf(contacts, random);
  return Array.from({ length: requests }, (_, index) =>
    requestOn(draw(), tokens[index % tokens.length] ?? '', options),
  );
};

/** One request on each contact, in order. */
export const requestOnEach = (options: Omit<ContactRequestOptions, 'requests'>): LoadRequest[] =>
  Array.from({ length: options.contacts }, (_, number) =>
    requestOn(number, options.tokens[number % options.tokens.length] ?? '', { ...options, requests: 1 }),
  );
