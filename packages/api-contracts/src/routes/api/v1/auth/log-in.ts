import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleToken } from '../../../../examples.ts';

const Credentials = Type.Object(
  { email: EmailAddress, password: Type.String({ minLength: 1, maxLength: 1_024 }) },
  { additionalProperties: false },
);

const LoginAnswer = Type.Object({
  accessToken: Type.String(),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds' }),
});

export const logIn = defineRoute({
  name: 'logIn',
  method: 'POST',
  path: '/api/v1/auth/login',
  service: 'auth-service',
  access: 'public',
  summary: 'E-mail and password for an access token',
  description:
    'Unknown accounts and wrong passwords are answered alike and take the same time. Too many wrong ones are answered 429 with `Retry-After`.',
  limit: 'login',
  body: {
    schema: Credentials,
    limitBytes: 16_384,
    example: { email: 'ada@example.com', password: 'correct horse battery staple' },
  },
  answers: {
    200: {
      description: 'A token',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: LoginAnswer,
      example: { accessToken: exampleToken, tokenType: 'Bearer', expiresIn: 600 },
    },
  },
  errors: ['INVALID_CREDENTIALS', 'STORAGE_FULL'],
});
