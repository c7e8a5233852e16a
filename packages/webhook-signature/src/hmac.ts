import { createHmac, type KeyObject } from 'node:crypto';

/** HMAC-SHA256 (RFC 2104) of `head` and `body` one after the other, without joining them into a copy. */
export const hmacSha256 = (key: KeyObject | Uint8Array, head: string, body: Uint8Array | string): Buffer =>
  createHmac('sha256', key).update(head).update(body).digest();
