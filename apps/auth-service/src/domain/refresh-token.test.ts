import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  childOf,
  firstRefreshToken,
  openChild,
  readRefreshToken,
  sealChild,
  textOf,
} from './refresh-token.ts';

const newToken = () => firstRefreshToken(randomUUID(), randomBytes(16), randomBytes(32));

describe('a refresh token', () => {
  it('is read as it was written, and names its user', () => {
    const userId = randomUUID();
    const token = firstRefreshToken(userId, randomBytes(16), randomBytes(32));
    expect(readRefreshToken(textOf(token))).toEqual(token);
    expect(token.userId).toBe(userId);
    expect(token.sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is of the session of its parent, under a hash of its own', () => {
    const parent = newToken();
    const child = childOf(parent, randomBytes(32));
    expect([child.sessionId, child.userId]).toEqual([parent.sessionId, parent.userId]);
    expect(child.hash).not.toBe(parent.hash);
    expect(newToken().sessionId).not.toBe(parent.sessionId);
  });

  it('opens what was sealed for it, and no other token does', () => {
    const parent = newToken();
    const child = childOf(parent, randomBytes(32));
    const sealed = sealChild(parent, child);
    expect(openChild(parent, sealed)).toEqual(child);
    expect(openChild(child, sealed).hash).not.toBe(child.hash);
    expect(textOf(child)).not.toContain(sealed);
  });

  it('is no text that nobody wrote', () => {
    const written = textOf(newToken());
    for (const text of [
      '',
      'x',
      written.slice(1),
      `${written}A`,
      `${written}=`,
      ` ${written}`,
      '*'.repeat(86),
    ]) {
      expect(readRefreshToken(text)).toBeUndefined();
    }
    // Of the last character two bits count; the other four must be zero.
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const read = others.filter((last) => readRefreshToken(written.slice(0, -1) + last) !== undefined);
    expect(read.length).toBe(4);
    expect(read).toContain(written.at(-1));
  });
});
