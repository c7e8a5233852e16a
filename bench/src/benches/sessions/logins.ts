import { startCeiling } from '../../harness/ceiling.ts';
import { cpuRow } from '../../harness/cost-rows.ts';
import { rates } from '../../harness/figures.ts';
import { ratioAtLeast, ratioAtMost } from '../../harness/goal.ts';
import { interleave } from '../../harness/interleave.ts';
import { row } from '../../harness/row.ts';
import { atOnce, loggingIn, type Setting, service, turns } from './setting.ts';

/** Logins, beside argon2 alone. */
export const measureLogins = async (setting: Setting) => {
  const { stage, cleanUp, load, url, note } = setting;
  const argon2 = await startCeiling(cleanUp, service);
  const check = (seconds: number) => argon2.ask('checkPasswords', { atOnce, seconds });
  const pids = { ...stage.pids(), load: load.pid, argon2: argon2.pid, bench: process.pid };
  const taken = await interleave(
    [loggingIn(setting, { name: 'login', url, connections: atOnce }), { name: 'argon2', work: check }],
    { ...turns, pids, onTurn: note },
  );
  const rows = [
    row({
      name: 'login, beside argon2 alone',
      unit: '1/s',
      values: rates(taken.login),
      ceilings: rates(taken.argon2),
      goal: ratioAtLeast(0.9),
    }),
    ...cpuRow(
      'CPU of auth-service for a login',
      { turns: taken.login, process: service },
      { turns: taken.argon2, process: 'argon2' },
      ratioAtMost(1.1),
    ),
  ];
  return { taken, rows };
};
