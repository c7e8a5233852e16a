import { Type } from 'typebox';

export const Fingerprint = Type.String({
  pattern: '^[0-9a-f]{16}$',
  description: 'Why a group is paused, as the log, readiness, dead letters and the list of consumers tell it',
});
