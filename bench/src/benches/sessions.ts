import type { Bench } from '../harness/bench.ts';
import { startCeiling } from '../harness/ceiling.ts';
import { cpuRow, memoryRow } from '../harness/cost-rows.ts';
import { rates } from '../harness/figures.ts';
import { ratioAtLeast, ratioAtMost } from '../harness/goal.ts';
import { interleave } from '../harness/interleave.ts';
import { type Load, saturated, startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';

const turns = { rounds: 4, seconds: 5, warmUpSeconds: 4 };
const chains = 50;
/** As many passwords as auth-service checks at the same time. */
const atOnce = 2;
/** The most that wait for their turn, so that none is refused. */
const parallelLogins = 32;

const outOfReach = { LOGIN_FREE_FAILURES: '1000' };

type Tokens = { readonly accessToken: string; readonly refreshToken: string };

const logIn = async (url: string, { secrets }: Stage): Promise<Tokens> => {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(secrets.admin),
  });
  if (!response.ok) throw new Error(`a login was answered ${response.status}`);
  return (await response.json()) as Tokens;
};

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

const service = 'auth-service';

/** What both parts work on. */
type Setting = {
  readonly stage: Stage;
  readonly cleanUp: AsyncDisposableStack;
  readonly note: (text: string) => void;
  readonly load: Load;
  readonly url: string;
};

const optionsFor = ({ stage, load, note }: Setting, ceiling: { name: string; pid: number }) => ({
  ...turns,
  pids: { ...stage.pids(), load: load.pid, [ceiling.name]: ceiling.pid, bench: process.pid },
  onTurn: note,
});

const measureRefreshes = async (setting: Setting) => {
  const { stage, cleanUp, load, url } = setting;
  const script = await startCeiling(cleanUp, service);
  const pairs: Tokens[] = [];
  for (let chain = 0; chain < chains; chain += 1) pairs.push(await logIn(url, stage));
  const tokens = pairs.map(({ refreshToken }) => refreshToken);
  const answer = JSON.stringify({ ...pairs[0], tokenType: 'Bearer', expiresIn: 600 });
  const scriptUrl = await script.ask('oneScript', { redisUrl: stage.redisUrl, answer });
  const taken = await interleave(
    [
      refreshing(load, { name: 'refresh', url, path: '/api/v1/auth/refresh', tokens }),
      refreshing(load, { name: 'one script', url: scriptUrl, path: '/refresh', tokens }),
    ],
    optionsFor(setting, { name: 'script', pid: script.pid }),
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

const measureLogins = async (setting: Setting) => {
  const { stage, cleanUp, load, url } = setting;
  const argon2 = await startCeiling(cleanUp, service);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(stage.secrets.admin);
  const request = { method: 'POST', path: '/api/v1/auth/login', headers, body } as const;
  const target = { url, source: () => ({ kind: 'same', request }) as const, expectedStatus: 200, guess: 200 };
  const check = (seconds: number) => argon2.ask('checkPasswords', { atOnce, seconds });
  const taken = await interleave(
    [
      saturated(load, { ...target, name: 'login', connections: atOnce }),
      { name: 'argon2', work: check },
      saturated(load, { ...target, name: 'logins at once', connections: parallelLogins }),
    ],
    optionsFor(setting, { name: 'argon2', pid: argon2.pid }),
  );
  const crowd = { turns: taken['logins at once'], process: service };
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
    ),
    ...memoryRow(
      `memory of auth-service, ${parallelLogins} logins at once, end beside 20 %`,
      crowd,
      ratioAtMost(1.2),
    ),
  ];
  return { taken, rows };
};

/** auth-service's logins and refreshes, each beside the least that it can cost. */
export const benchSessions: Bench = async ({ cleanUp, progress }) => {
  const stage = await openStage({ cleanUp, progress });
  const url = await stage.startCopy(service, { name: service, settings: outOfReach });
  const setting = { stage, cleanUp, note: progress.note, load: await startLoad(cleanUp), url };
  const refreshes = await measureRefreshes(setting);
  const logins = await measureLogins(setting);
  return {
    rows: [...refreshes.rows, ...logins.rows],
    notes: [
      `${chains} sessions, each refreshed one after the other. Ceiling: a bare Fastify route with one small script, without signature, log, metrics and checks.`,
      `Logins: ${atOnce} at a time, as many as auth-service checks at once. Ceiling: the same passwords checked by @node-rs/argon2 and nothing else.`,
      ...trustNotes({ ...refreshes.taken, ...logins.taken }),
    ],
  };
};
