import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../src/api-problem.ts';
import { createClient } from '../src/create-client.ts';
import { serverSentEvents } from '../src/server-sent-events.ts';

const bodyOf = (...chunks: readonly string[]) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

describe('the events of a stream', () => {
  it('are told once each is whole, wherever the bytes are parted, without comments and without what is cut off', async () => {
    const seen = [];
    const events = serverSentEvents(
      bodyOf(': welcome\n\nev', 'ent: run\nid: 1\ndata: {"a":\ndata: 1}\n', '\ndata: é\r\n\r\n', 'data: cut'),
    );
    for await (const event of events) seen.push(event);
    expect(seen).toEqual([
      { event: 'run', id: '1', data: '{"a":\n1}' },
      { event: 'message', data: 'é' },
    ]);
  });
});

describe('a stream that is followed', () => {
  const streamOf = (answers: readonly (() => Response)[]) => {
    const asked: Headers[] = [];
    const client = createClient({
      baseUrl: 'http://gateway.test',
      credentials: { tokens: { get: async () => `token ${asked.length}`, forget: () => undefined } },
      fetch: async (_url, init) => {
        asked.push(new Headers(init?.headers));
        return answers[asked.length - 1]?.() ?? new Response(null, { status: 404 });
      },
    });
    return { asked, client };
  };

  it('is opened again behind the last event that came, with a token that is good then', async () => {
    const { asked, client } = streamOf([
      () => new Response(bodyOf('id: 7\ndata: one\n\n')),
      () => new Response(null, { status: 503, headers: { 'retry-after': '0' } }),
      () => new Response(bodyOf('data: two\n\n')),
    ]);
    const ending = new AbortController();
    const seen: string[] = [];
    for await (const { data } of client.follow.watchSimulator(ending.signal)) {
      seen.push(data);
      if (data === 'two') ending.abort();
    }
    expect(seen).toEqual(['one', 'two']);
    expect(asked.map((headers) => headers.get('last-event-id'))).toEqual([null, '7', '7']);
    expect(asked.map((headers) => headers.get('authorization'))).toEqual([
      'Bearer token 0',
      'Bearer token 1',
      'Bearer token 2',
    ]);
  });

  it('ends with the problem where it is refused for good, and renews a refused token once', async () => {
    const { asked, client } = streamOf([
      () => new Response(null, { status: 401 }),
      () => Response.json({ code: 'FORBIDDEN' }, { status: 403 }),
    ]);
    const reading = client.follow.watchSimulator(new AbortController().signal).next();
    await expect(reading).rejects.toThrow(ApiProblem);
    expect(asked).toHaveLength(2);
  });
});
