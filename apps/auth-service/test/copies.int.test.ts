import { openRedis } from '@contact-sync/redis';
import { eventually, type RedisServer, startRedisServer } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follower, startTestService, type TestService } from './fakes/start-test-service.ts';

const COPIES = 3;
const ROUNDS = 20;
const AT_ONCE = 100;

let server: RedisServer;
const copies: TestService[] = [];

beforeAll(async () => {
  server = await startRedisServer();
  copies.push(...(await Promise.all(Array.from({ length: COPIES }, () => startTestService(server.url)))));
  await Promise.all(copies.map((copy) => eventually(copy.ready, { timeoutMs: 30_000 })));
}, 60_000);

afterAll(async () => {
  for (const copy of copies) await copy.close();
  await server?.stop();
});

const copyOf = (index: number): TestService => {
  const copy = copies[index % COPIES];
  if (!copy) throw new Error('the copies have not been started');
  return copy;
};

const feedOf = async (copy: TestService) => {
  const form = { grant_type: 'client_credentials', client_id: follower.id, client_secret: follower.secret };
  const granted = await copy.app.inject({
    method: 'POST',
    url: '/oauth2/token',
    payload: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const headers = { authorization: `Bearer ${granted.json().access_token}` };
  return async (after?: string) => {
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const began = performance.now();
    const answer = await copy.app.inject({ url: `/internal/revocations${query}`, headers });
    return { status: answer.statusCode, ms: performance.now() - began, ...answer.json() };
  };
};

describe('three copies on one Redis', () => {
  it('make one child of a refresh token, however many come with it at once, round after round', async () => {
    let { tokens } = await copyOf(0).logIn();
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) =>
          copyOf(index).post('refresh', { refreshToken: tokens.refreshToken }),
        ),
      );
      expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
      const children = answers.map((answer) => answer.json());
      expect(new Set(children.map(({ refreshToken }) => refreshToken)).size).toBe(1);
      expect(new Set(children.map(({ accessToken }) => accessToken)).size).toBe(AT_ONCE);
      tokens = children[0];
    }
  }, 60_000);

  it('end a session at all of them when a token comes again after its child was used', async () => {
    const { tokens: first } = await copyOf(0).logIn();
    const refresh = (index: number, { refreshToken }: { refreshToken: string }) =>
      copyOf(index).post('refresh', { refreshToken });
    const second = (await refresh(1, first)).json();
    const third = (await refresh(2, second)).json();
    const answers = [];
    for (const [index, tokens] of [first, second, third, third].entries()) {
      answers.push((await refresh(index, tokens)).statusCode);
    }
    expect(answers).toEqual([401, 401, 401, 401]);
    const { accessToken } = third;
    const headers = { authorization: `Bearer ${accessToken}` };
    for (const { app } of copies) {
      expect((await app.inject({ url: '/api/v1/auth/me', headers })).statusCode).toBe(401);
    }
  });

  it('tell a follower of any of them at once what another has ended, and nothing else within a second', async () => {
    const follow = await feedOf(copyOf(1));
    const { cursor, snapshot, at } = await follow();
    expect([snapshot, new Date(at).getTime()]).toEqual([true, expect.any(Number)]);
    const quiet = await follow(cursor);
    expect(quiet).toMatchObject({ status: 200, snapshot: false, revocations: [], cursor });
    expect(quiet.ms).toBeGreaterThan(900);
    const { tokens } = await copyOf(0).logIn();
    const waiting = follow(cursor);
    const began = performance.now();
    await copyOf(2).post('logout', { refreshToken: tokens.refreshToken });
    const told = await waiting;
    expect(told).toMatchObject({ snapshot: false, revocations: [{ kind: 'session' }] });
    expect(performance.now() - began).toBeLessThan(5_000);
    const again = await follow();
    expect(again.snapshot).toBe(true);
    expect(again.revocations).toContainEqual(told.revocations[0]);
    expect(again.cursor).toBe(told.cursor);
  });

  it('answer with everything where the cursor is of another log, or of none', async () => {
    const follow = await feedOf(copyOf(0));
    const { cursor } = await follow();
    for (const after of [`0${cursor}`, 'x', '..', `${cursor.split('.')[0]}.x`, `${cursor}-1`]) {
      const answer = await follow(after);
      expect([answer.status, answer.snapshot]).toEqual([200, true]);
    }
    expect((await follow('')).status).toBe(400);
    expect((await follow('x'.repeat(129))).status).toBe(400);
  });
});

describe('a copy that has lost its Redis', () => {
  it('falls silent, and the others go on', async () => {
    const other = await startRedisServer();
    const lost = await startTestService(other.url);
    await eventually(lost.ready, { timeoutMs: 30_000 });
    const [follow, followOther] = [await feedOf(copyOf(0)), await feedOf(lost)];
    expect((await followOther()).status).toBe(200);
    const { tokens } = await lost.logIn();
    await other.kill('SIGKILL');
    const { cursor } = await follow();
    const [here, there] = await Promise.all([follow(cursor), followOther()]);
    expect([here.status, here.revocations]).toEqual([200, []]);
    expect([there.status, there.code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    const { refreshToken } = tokens;
    for (const path of ['refresh', 'logout']) {
      const answer = await lost.post(path, { refreshToken });
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
    }
    const me = await lost.app.inject({
      url: '/api/v1/auth/me',
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });
    expect([me.statusCode, me.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    await lost.close();
    await other.stop();
  }, 60_000);

  it('gives a snapshot of another generation when its Redis comes back empty', async () => {
    const empty = await startRedisServer();
    const service = await startTestService(empty.url);
    await eventually(service.ready, { timeoutMs: 30_000 });
    const { cursor } = await service.dependencies.log.read();
    const redis = await openRedis(empty.url);
    await redis.use((client) => client.flushall());
    const fresh = await service.dependencies.log.read(cursor);
    expect(fresh).toMatchObject({ isSnapshot: true, revocations: [] });
    expect(fresh.cursor.generation).not.toBe(cursor.generation);
    await redis.close();
    await service.close();
    await empty.stop();
  }, 60_000);
});
