import { randomBytes } from 'node:crypto';

/** A prefix that no other test has, fit for Redis keys, topics, groups and ids: `t3f9a1c2b7e4-`. */
export const uniquePrefix = (): string => `t${randomBytes(6).toString('hex')}-`;
