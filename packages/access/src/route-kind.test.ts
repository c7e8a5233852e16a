import { describe, expect, it } from 'vitest';
import { routeKindOf } from './route-kind.ts';

describe('routeKindOf', () => {
  it.each([
    ['GET', 'contacts:read', 'read'],
    ['HEAD', 'contacts:read', 'read'],
    ['GET', 'authenticated', 'read'],
    ['GET', 'simulator:run', 'read'],
    ['POST', 'mappings:read', 'read'],
    ['POST', 'ingest:read', 'read'],
    ['GET', 'revocations:read', 'read'],
    ['POST', 'contacts:write', 'change'],
    ['DELETE', 'authenticated', 'change'],
    ['POST', 'simulator:run', 'change'],
    ['POST', 'contacts:apply', 'change'],
    ['GET', 'users:admin', 'change'],
    ['POST', 'events:replay', 'change'],
  ] as const)('takes %s with %s for a %s', (method, access, kind) => {
    expect(routeKindOf(method, access)).toBe(kind);
  });
});
