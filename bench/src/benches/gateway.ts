import { acmeContact } from '@contact-sync/testing';
import { manyTokens } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { startCeiling } from '../harness/ceiling.ts';
import { cpuRow } from '../harness/cost-rows.ts';
import { rates } from '../harness/figures.ts';
import { interleave } from '../harness/interleave.ts';
import { saturated, startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage } from '../harness/stage.ts';

const seed = 7;
const contactCount = 10_000;
const tokenCount = 1_000;
const requestsATurn = 20_000;
const turns = { rounds: 4, seconds: 5, warmUpSeconds: 4 };
const answer = { body: JSON.stringify(acmeContact(seed)), etag: '"3"' };

/** What one caller would meet before the gateway's own cost: its limit and its share of what is under way. */
const outOfReach = { LIMIT_PER_MINUTE: '10000000', CALLER_REQUESTS: '1000' };

/** GETs with a thousand users' tokens, revocation and exact limiter through gateway-api, beside a bare @fastify/http-proxy before the same upstream. */
export const benchGateway: Bench = async ({ cleanUp, progress }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service');
  const tokens = await manyTokens(stage, tokenCount, 'each of a user');
  const [load, upstream, proxy] = await Promise.all([
    startLoad(cleanUp),
    startCeiling(cleanUp, 'gateway-api'),
    startCeiling(cleanUp, 'gateway-api'),
  ]);
  const upstreamUrl = await upstream.ask('bareRead', answer);
  const url = await stage.startCopy('gateway-api', {
    name: 'gateway-api',
    settings: { ...outOfReach, CONTACT_URL: upstreamUrl },
  });
  const proxyUrl = await proxy.ask('bareProxy', upstreamUrl);

  const source = () =>
    ({
      kind: 'contacts',
      reusable: true,
      requests: requestsATurn,
      tokens,
      contacts: contactCount,
      method: 'GET',
    }) as const;
  const target = { expectedStatus: 200, source, guess: 1 };
  const pids = { load: load.pid, upstream: upstream.pid, proxy: proxy.pid, bench: process.pid };
  const taken = await interleave(
    [
      saturated(load, { ...target, name: 'gateway-api', url }),
      saturated(load, { ...target, name: 'http-proxy', url: proxyUrl }),
    ],
    { ...turns, pids: { ...stage.pids(), ...pids }, onTurn: progress.note },
  );
  const subject = { turns: taken['gateway-api'], process: 'gateway-api' };
  const bare = { turns: taken['http-proxy'], process: 'proxy' };
  const beside = (process: string) =>
    [
      { ...subject, process },
      { ...bare, process },
    ] as const;
  return {
    rows: [
      row({
        name: 'GET through the gateway, with token, revocation and limiter',
        unit: '1/s',
        values: rates(subject.turns),
        ceilings: rates(bare.turns),
      }),
      ...cpuRow('CPU of the gateway for a GET', subject, bare),
      ...cpuRow('CPU of Redis for a GET', { ...subject, process: 'redis' }),
      ...cpuRow('CPU of the upstream for a GET', ...beside('upstream')),
      ...cpuRow('CPU of the load for a GET', ...beside('load')),
    ],
    notes: [
      `Upstream of both: a bare Fastify route that answers the same ${Buffer.byteLength(answer.body)} bytes from memory.`,
      'Ceiling: @fastify/http-proxy as it comes, without token, limit, metrics, log or bounds.',
      `${tokenCount} tokens, each of another user, over 100 connections: verified once and remembered, a bucket for each.`,
      ...trustNotes(taken),
    ],
  };
};
