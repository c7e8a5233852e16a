import { type Static, Type } from 'typebox';

const id = Type.String({ minLength: 1, maxLength: 128 });
const until = Type.Integer({
  minimum: 0,
  description: 'Unix seconds from which on no token that it speaks of can live; it may be forgotten then',
});

/** A session has ended: no token of this `sid` is good. */
export const SessionRevocation = Type.Object({ kind: Type.Literal('session'), sid: id, until });

/** A user or a machine client has lost something: no token of this `sub` with a lower epoch is good. */
export const SubjectRevocation = Type.Object({
  kind: Type.Literal('subject'),
  sub: id,
  epoch: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  until,
});

/** A signing key was withdrawn: no token with this `kid` in its header is good. */
export const KeyRevocation = Type.Object({ kind: Type.Literal('key'), kid: id, until });

export const Revocation = Type.Union([SessionRevocation, SubjectRevocation, KeyRevocation]);
export type Revocation = Static<typeof Revocation>;
