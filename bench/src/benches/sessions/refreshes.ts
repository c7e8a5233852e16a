import { startCeiling } from '../../harness/ceiling.ts';
import { cpuRow } from '../../harness/cost-rows.ts';
import { rates } from '../../harness/figures.ts';
import { ratioAtLeast } from '../../harness/goal.ts';
import { interleave } from '../../harness/interleave.ts';
import type { Load } from '../../harness/load.ts';
import { row } from '../../harness/row.ts';
import { logIn, type Setting, service, type Tokens, turns } from './setting.ts';

/** Sessions, each of which is refreshed one time after the other. */
export const chains = 50;

/** Chains of refreshes that go on from turn to turn. */
const refreshing = <const Name extends string>(
  load: Load,
  target: {
    readonly name: Name;
    readonly url: string;
    readonly path: string;
    readonly tokens: readonly string[];
  },
) => {
  const { name, url, path } = target;
  let tokens = target.tokens;
  return {
    name,
    work: async (seconds: number) => {
      const done = await load.ask('followChains', { url, path, tokens, seconds });
      tokens = done.tokens;
      return done;
    },
  };
};

/** Refreshes, beside a bare route with one script. */
export const measureRefreshes = async (setting: Setting) => {
  const { stage, cleanUp, load, url, note } = setting;
  const script = await startCeiling(cleanUp, service);
  const pairs: Tokens[] = [];
  for (let chain = 0; chain < chains; chain += 1) pairs.push(await logIn(setting));
  const tokens = pairs.map(({ refreshToken }) => refreshToken);
  const answer = JSON.stringify({ ...pairs[0], tokenType: 'Bearer', expiresIn: 600 });
  const scriptUrl = await script.ask('oneScript', { redisUrl: stage.redisUrl, answer });
  const pids = { ...stage.pids(), load: load.pid, script: script.pid, bench: process.pid };
  const taken = await interleave(
    [
      refreshing(load, { name: 'refresh', url, path: '/api/v1/auth/refresh', tokens }),
      refreshing(load, { name: 'one script', url: scriptUrl, path: '/refresh', tokens }),
    ],
    { ...turns, pids, onTurn: note },
  );
  const subject = { turns: taken.refresh, process: service };
  const bare = { turns: taken['one script'], process: 'script' };
  const rows = [
    row({
      name: 'refresh, beside Fastify and one EVALSHA',
      unit: '1/s',
      values: rates(taken.refresh),
      ceilings: rates(taken['one script']),
      goal: ratioAtLeast(0.5),
    }),
    ...cpuRow('CPU of auth-service for a refresh', subject, bare),
    ...cpuRow('CPU of Redis for a refresh', { ...subject, process: 'redis' }, { ...bare, process: 'redis' }),
  ];
  return { taken, rows };
};
