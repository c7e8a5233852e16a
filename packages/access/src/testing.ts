export { hostileTokens } from './hostile-tokens.ts';
export { startTestAuth, type TestAuth } from './test-auth.ts';
export { createTestIssuer, type TestIssuer } from './test-issuer.ts';
