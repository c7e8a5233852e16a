import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { tokensAnswer } from './session-tokens.ts';

const Credentials = Type.Object(
  { email: EmailAddress, password: Type.String({ minLength: 1, maxLength: 1_024 }) },
  { additionalProperties: false },
);

export const logIn = defineRoute({
  name: 'logIn',
  method: 'POST',
  path: '/api/v1/auth/login',
  service: 'auth-service',
  access: 'public',
  summary: 'E-mail and password for a session',
  description:
    'Begins a session. Unknown accounts and wrong passwords are answered alike and take the same time. Too many wrong ones are answered 429 with `Retry-After`.',
  limit: 'login',
  body: {
    schema: Credentials,
    limitBytes: 16_384,
    example: { email: 'ada@example.com', password: 'correct horse battery staple' },
  },
  answers: { 200: tokensAnswer },
  errors: ['INVALID_CREDENTIALS', 'STORAGE_FULL'],
});
