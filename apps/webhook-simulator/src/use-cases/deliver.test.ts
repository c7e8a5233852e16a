import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../test/virtual-clock.ts';
import type { Manner } from '../domain/delivery/delivery.ts';
import type { PostAnswer, PostRequest } from '../ports.ts';
import { deliver } from './deliver.ts';

const delivery = { messageId: 'evt_1', body: '{"id":"evt_1"}' };

const answer = (status: number, more: { retryAfterMs?: number; code?: string } = {}): PostAnswer => ({
  kind: 'answer',
  status,
  duplicate: false,
  ignored: false,
  refusedItems: 0,
  ...more,
});

const deliverTo = async (answers: PostAnswer[], manner: Manner = {}) => {
  const clock = createVirtualClock(0);
  const posts: (PostRequest & { at: number })[] = [];
  const endpoint = {
    post: async (request: PostRequest) => {
      posts.push({ ...request, at: clock.now() });
      return answers.shift() ?? answer(503);
    },
  };
  const { signal } = new AbortController();
  const result = await deliver({ ...delivery, manner }, { endpoint, clock, random: () => 0.5 }, signal);
  return { result, posts };
};

describe('deliver', () => {
  it('ends with the first 2xx', async () => {
    const { result, posts } = await deliverTo([answer(202)]);
    expect(result).toMatchObject({ kind: 'accepted', attempts: 1, duplicate: false });
    expect(posts).toHaveLength(1);
  });

  it('repeats the same body after silence, a limit and a fault, as long as Retry-After asks', async () => {
    const { result, posts } = await deliverTo([
      { kind: 'none' },
      answer(429, { retryAfterMs: 2_000 }),
      answer(503, { retryAfterMs: 4_000 }),
      answer(202),
    ]);
    expect(result).toMatchObject({ kind: 'accepted', attempts: 4 });
    expect(posts.map(({ at }) => at)).toEqual([0, 250, 2_250, 6_250]);
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
  });

  it('takes any other answer as a refusal and does not insist', async () => {
    const { result, posts } = await deliverTo([answer(400, { code: 'INVALID_EVENT' })]);
    expect(result).toMatchObject({ kind: 'refused', status: 400, code: 'INVALID_EVENT', uncertain: false });
    expect(posts).toHaveLength(1);
    expect((await deliverTo([answer(302)])).result).toMatchObject({ kind: 'refused', status: 302 });
  });

  it('is uncertain of a refusal that follows an attempt without a final answer', async () => {
    const { result } = await deliverTo([{ kind: 'none' }, answer(401)]);
    expect(result).toMatchObject({ kind: 'refused', uncertain: true });
  });

  it('gives up after a minute', async () => {
    const { result, posts } = await deliverTo([]);
    expect(result.kind).toBe('unanswered');
    expect(posts.at(-1)?.at).toBeLessThanOrEqual(60_000);
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('repeats after %s', async (status) => {
    expect((await deliverTo([answer(status), answer(202)])).result).toMatchObject({ attempts: 2 });
  });

  it('tries for as long as the delivery has patience', async () => {
    const { posts } = await deliverTo([], { patienceMs: 600_000 });
    expect(posts.at(-1)?.at).toBeGreaterThan(500_000);
  });

  it('tells the endpoint which attempt it is, and how it is to be made', async () => {
    const { posts } = await deliverTo([{ kind: 'none' }, answer(202)], { signer: 'unknown' });
    expect(posts.map(({ attempt, manner, messageId }) => [attempt, manner.signer, messageId])).toEqual([
      [1, 'unknown', 'evt_1'],
      [2, 'unknown', 'evt_1'],
    ]);
  });
});
