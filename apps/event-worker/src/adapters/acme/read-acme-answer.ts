import { AcmeId, AcmeVersion, limits, readJson } from '@contact-sync/domain';
import { compileCheck, type HttpResponse } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { AcmeAnswer, AcmeDeleted, AcmeListAnswer, AcmeShown, AcmeTrouble } from '../../acme/acme-api.ts';

const shown = { id: AcmeId, acme_version: AcmeVersion };
const isFaultless = (check: (value: unknown) => readonly unknown[], value: unknown): boolean =>
  check(value).length === 0;
const checkShown = compileCheck(Type.Object(shown));
const checkDeleted = compileCheck(Type.Object({ ...shown, acme_deleted: Type.Literal(true) }));
const checkVersion = compileCheck(Type.Object({ acme_version: AcmeVersion }));
const checkTaken = compileCheck(Type.Object({ error: Type.Literal('external_id_taken'), id: AcmeId }));
const checkPage = compileCheck(
  Type.Object({ items: Type.Array(Type.Object(shown)), nextCursor: Type.Optional(Type.String()) }),
);

const isDeleted = (body: unknown): body is AcmeDeleted => isFaultless(checkDeleted, body);

/** A page holds records side by side, which nest two deeper than one alone. */
const maxDepth = limits.eventDepth + 2;

/** The body as the one JSON reader reads it; undefined where it is none, or holds what no store can. */
const bodyOf = ({ text }: HttpResponse): unknown => {
  try {
    const { value, faults } = readJson(Buffer.from(text), { maxDepth, numbers: 'as spelled' });
    return faults.length === 0 ? value : undefined;
  } catch {
    return undefined;
  }
};

const unavailable = (why: string): AcmeTrouble => ({ kind: 'unavailable', why });

const secondMs = 1_000;
const longestWaitMs = 10 * 60_000;

/** RFC 9110 10.2.3: seconds or a date; a second where it says nothing, ten minutes at most. */
const retryAfterMs = ({ headers }: HttpResponse, now: number): number => {
  const text = headers['retry-after']?.toString() ?? '';
  const told = /^\d{1,9}$/.test(text) ? Number(text) * secondMs : Date.parse(text) - now;
  return Math.min(longestWaitMs, Math.max(secondMs, Number.isNaN(told) ? secondMs : told));
};

/** Answers that any request would get. */
const troubleOf = (response: HttpResponse, now: number): AcmeTrouble | undefined => {
  const { status } = response;
  if (status === 429) return { kind: 'limited', retryAfterMs: retryAfterMs(response, now) };
  if (status === 401 || status === 403) return { kind: 'unauthorised', status };
  const isPassing = status === 408 || status === 425 || status >= 500;
  // A redirect would take our key to another place.
  return isPassing || status < 200 || (status >= 300 && status < 400)
    ? unavailable(`it answered ${status}`)
    : undefined;
};

const plainPointer = /^(?:\/[\w.-]{1,64}){1,4}$/;

/** As a problem (RFC 9457) or a member tells it; other texts may hold somebody's data. */
const pointerOf = (body: unknown): { readonly pointer?: string } => {
  const { pointer, errors } = (body ?? {}) as { readonly pointer?: unknown; readonly errors?: unknown };
  const first = (Array.isArray(errors) ? (errors[0] as { readonly pointer?: unknown }) : undefined)?.pointer;
  const told = pointer ?? first;
  return typeof told === 'string' && plainPointer.test(told) ? { pointer: told } : {};
};

const doneOf = (body: unknown): AcmeAnswer => {
  if (isDeleted(body)) return { kind: 'deleted', version: body.acme_version };
  if (!isFaultless(checkShown, body)) return unavailable('it answered with what is no record');
  return { kind: 'record', record: body as AcmeShown };
};

const conflictOf = (method: string, status: number, body: unknown): AcmeAnswer => {
  if (isFaultless(checkTaken, body)) return { kind: 'taken', acmeId: (body as { id: string }).id };
  return method === 'POST' ? { kind: 'refused', status } : { kind: 'stale' };
};

/** What an answer says about the contact that was asked for; `now` in milliseconds since the epoch. */
export const readAcmeAnswer = (method: string, response: HttpResponse, now: number): AcmeAnswer => {
  const trouble = troubleOf(response, now);
  if (trouble !== undefined) return trouble;
  const { status } = response;
  const body = bodyOf(response);
  if (status < 300) return doneOf(body);
  if (status === 409) return conflictOf(method, status, body);
  if (status === 412) return { kind: 'stale' };
  if (status === 404)
    return method === 'POST' ? unavailable('it answered 404 to a creation') : { kind: 'missing' };
  if (status !== 410) return { kind: 'refused', status, ...pointerOf(body) };
  if (!isFaultless(checkVersion, body)) return unavailable('it answered 410 without a version');
  return { kind: 'deleted', version: (body as { acme_version: number }).acme_version };
};

/** A page of the list; anything but one is trouble. */
export const readAcmePage = (response: HttpResponse, now: number): AcmeListAnswer => {
  const trouble = troubleOf(response, now);
  if (trouble !== undefined) return trouble;
  const body = bodyOf(response);
  if (response.status >= 300 || !isFaultless(checkPage, body)) {
    return unavailable(`it answered ${response.status} and no page`);
  }
  const { items, nextCursor } = body as { items: AcmeShown[]; nextCursor?: string };
  return { kind: 'page', items, ...(nextCursor !== undefined && { nextCursor }) };
};
