import type { Bench } from '../../harness/bench.ts';
import { trustNotes } from '../../harness/notes.ts';
import { crowd, measureCrowd } from './crowd.ts';
import { measureLogins } from './logins.ts';
import { chains, measureRefreshes } from './refreshes.ts';
import { atOnce, openSetting } from './setting.ts';

/** auth-service's logins and refreshes, each beside the least that it can cost, and its memory under a crowd. */
export const benchSessions: Bench = async (context) => {
  const setting = await openSetting(context);
  const refreshes = await measureRefreshes(setting);
  const logins = await measureLogins(setting);
  const memory = await measureCrowd(setting);
  return {
    rows: [...refreshes.rows, ...logins.rows, ...memory],
    notes: [
      `${chains} sessions, each refreshed one after the other. Ceiling: a bare Fastify route with one small script, without signature, log, metrics and checks.`,
      `Logins: ${atOnce} at a time, as many as auth-service checks at once. Ceiling: the same passwords checked by @node-rs/argon2 and nothing else.`,
      `Memory: the highest of a copy that lets ${crowd} logins wait; by default 32 may, and further ones are answered 503.`,
      ...trustNotes({ ...refreshes.taken, ...logins.taken }),
    ],
  };
};
