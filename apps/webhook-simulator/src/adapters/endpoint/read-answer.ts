import type { IncomingHttpHeaders } from 'node:http';
import { retryAfterMsOf } from '@contact-sync/client';
import type { PostAnswer } from '../../ports.ts';

type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

const memberOf = (body: unknown, member: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, member) : undefined;

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refusedItemsOf = (body: unknown): number => {
  const results = memberOf(body, 'results');
  return Array.isArray(results) ? results.filter((item) => memberOf(item, 'status') === 'refused').length : 0;
};

/** What ingest's answer says (contracts.md, "Receipts of ingest"). */
export const readAnswer = ({ status, headers, text }: Received, now: number): PostAnswer => {
  const body = jsonOf(text);
  const code = memberOf(body, 'code');
  const retryAfter = headers['retry-after'];
  const retryAfterMs = typeof retryAfter === 'string' ? retryAfterMsOf(retryAfter, now) : undefined;
  return {
    kind: 'answer',
    status,
    duplicate: memberOf(body, 'duplicate') === true,
    ignored: memberOf(body, 'ignored') === true,
    refusedItems: refusedItemsOf(body),
    ...(typeof code === 'string' ? { code } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};
