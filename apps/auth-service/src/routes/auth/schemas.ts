import { EmailAddress } from '@contact-sync/domain';
import { Type } from 'typebox';

export const Credentials = Type.Object(
  { email: EmailAddress, password: Type.String({ minLength: 1, maxLength: 1_024 }) },
  { additionalProperties: false },
);

export const LoginAnswer = Type.Object({
  accessToken: Type.String(),
  tokenType: Type.Literal('Bearer'),
  expiresIn: Type.Integer({ description: 'Seconds' }),
});

export const Me = Type.Object({
  kind: Type.Union([Type.Literal('user'), Type.Literal('machine')]),
  id: Type.String(),
  email: Type.Optional(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
});
