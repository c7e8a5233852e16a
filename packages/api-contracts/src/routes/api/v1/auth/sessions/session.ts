import { Type } from 'typebox';

/** A session as its owner sees it. */
export const Session = Type.Object({
  id: Type.String({ format: 'uuid' }),
  current: Type.Boolean({ description: 'Whether it is the one that asks' }),
  userAgent: Type.String({ description: 'What the client called itself when it last came' }),
  address: Type.String({ description: 'Where it last came from; empty where that is not known' }),
  createdAt: Type.String({ format: 'date-time' }),
  lastUsedAt: Type.String({ format: 'date-time', description: 'Log-in or last refresh' }),
  expiresAt: Type.String({ format: 'date-time', description: 'When it ends if it is not used' }),
});

export const exampleSession = {
  id: '0d5a1c3e-7a3c-8c6e-9f6e-3d2b1a0f9e8d',
  current: true,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  address: '203.0.113.7',
  createdAt: '2026-11-24T08:00:00.000Z',
  lastUsedAt: '2026-11-24T09:30:00.000Z',
  expiresAt: '2026-12-08T09:30:00.000Z',
} as const;
