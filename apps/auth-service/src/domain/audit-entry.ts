import { createHash } from 'node:crypto';
import type { Origin } from './session.ts';

/** Everything that is put on record. */
export const auditActions = [
  'session.begun',
  'session.refused',
  'session.delayed',
  'session.ended',
  'session.reused',
  'password.changed',
  'password.refused',
  'user.created',
  'user.changed',
  'user.deleted',
  'client.created',
  'client.changed',
  'client.rotated',
  'client.deleted',
  'client.refused',
  'keys.changed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did what to whom, and from where. Holds no secret, and of an unknown account a digest alone. */
export type AuditEntry = {
  readonly action: AuditAction;
  /** `user:<id>`, `machine:<id>`, `service:auth-service` or `nobody`. */
  readonly by: string;
  /** `user:<id>`, `session:<id>`, `client:<id>`, `key:<id>` or `account:<digest>`. */
  readonly target: string;
  readonly address: string;
  readonly userAgent: string;
  /** What was changed, in words of the API. */
  readonly detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};

/** An entry of what somebody did from somewhere. */
export const auditEntry = (
  action: AuditAction,
  by: string,
  target: string,
  origin: Origin | undefined,
  detail?: AuditEntry['detail'],
): AuditEntry => ({
  action,
  by,
  target,
  address: origin?.address ?? '',
  userAgent: origin?.userAgent ?? '',
  ...(detail && { detail }),
});

/** An account by a digest of its normalized e-mail, whether or not there is one: tries for one stand out, and name nobody. */
export const accountOf = (email: string): string =>
  `account:${createHash('sha256').update(email).digest('base64url').slice(0, 16)}`;
