import { openRedis, type RedisConnection } from '@contact-sync/redis';
import fastify, { type FastifyInstance } from 'fastify';
import { Pool } from 'undici';
import type { Work } from '../harness/turn.ts';
import { type RecordedWrites, recordWrites } from './recorded-writes.ts';
import type { Evalsha } from './without-guards.ts';

const listen = (app: FastifyInstance): Promise<string> => app.listen({ host: '127.0.0.1', port: 0 });

const json = 'application/json; charset=utf-8';

type ById = { Params: { id: string } };

const open = async (url: string): Promise<RedisConnection> => {
  const redis = await openRedis(url, { clientName: 'bench-ceiling' });
  return redis;
};

type Answers = ReadonlyMap<string, { readonly body: string; readonly etag: string }>;
let answers: Answers = new Map();

/** Learns what contact-service answers for these contacts; resolves with the bytes of all their JSON. */
const learnAnswers = async (options: {
  readonly url: string;
  readonly token: string;
  readonly ids: readonly string[];
}): Promise<number> => {
  const pool = new Pool(options.url, { connections: 10 });
  const headers = { authorization: `Bearer ${options.token}` };
  const learnt = await Promise.all(
    options.ids.map(async (id) => {
      const response = await pool.request({ method: 'GET', path: `/api/v1/contacts/${id}`, headers });
      const body = await response.body.text();
      if (response.statusCode !== 200) throw new Error(`a read answered ${response.statusCode} ${body}`);
      return [id, { body, etag: String(response.headers['etag']) }] as const;
    }),
  );
  await pool.destroy();
  answers = new Map(learnt);
  return learnt.reduce((bytes, [, { body }]) => bytes + Buffer.byteLength(body), 0);
};

/** Answers every read from memory with the bytes that contact-service answered. */
const bareReads = (): Promise<string> => {
  const app = fastify();
  app.get<ById>('/api/v1/contacts/:id', (request, reply) => {
    const { body, etag } = answers.get(request.params.id) ?? { body: '', etag: '' };
    reply.header('etag', etag).type(json).send(body);
  });
  return listen(app);
};

/** Answers every read with the hash of that key, read at that time. */
const hashReads = async (options: { readonly redisUrl: string; readonly keyPrefix: string }) => {
  const { client } = await open(options.redisUrl);
  const app = fastify();
  app.get<ById>('/api/v1/contacts/:id', (request) => client.hgetall(options.keyPrefix + request.params.id));
  return listen(app);
};

let recording: ReturnType<typeof recordWrites> | undefined;
let writes: RecordedWrites = new Map();

/** Begins to keep what this Redis is told to write. */
const record = (redisUrl: string): void => {
  recording = recordWrites(redisUrl);
};

/** Resolves once so many writes have been recorded. */
const finishRecording = async (expected: number): Promise<void> => {
  writes = (await recording?.finish(expected)) ?? new Map();
};

/** The recorded writes of a contact in turns, so that each moves what the one before it wrote. */
const inTurns = (recorded: RecordedWrites) => {
  const turns = new Map<string, number>();
  return (id: string): Evalsha => {
    const calls = recorded.get(id) ?? [];
    const turn = turns.get(id) ?? 0;
    turns.set(id, turn + 1);
    return calls[turn % calls.length] as Evalsha;
  };
};

const assertWritten = (reply: unknown): void => {
  if (reply !== 1) throw new Error(`a recorded write was answered ${String(reply)}`);
};

/** Answers every PATCH after one EVALSHA that writes what contact-service wrote for one of that contact. */
const scriptPatches = async (redisUrl: string): Promise<string> => {
  const { client } = await open(redisUrl);
  const next = inTurns(writes);
  const app = fastify();
  app.patch<ById>('/api/v1/contacts/:id', async (request, reply) => {
    const { id } = request.params;
    assertWritten(await client.evalsha(...next(id)));
    const { body, etag } = answers.get(id) ?? { body: '', etag: '' };
    return reply.header('etag', etag).type(json).send(body);
  });
  return listen(app);
};

let redis: RedisConnection | undefined;
let position = 0;

/** Where {@link pipelineWrites} writes to. */
const openPipeline = async (redisUrl: string): Promise<void> => {
  redis = await open(redisUrl);
};

type PipelineOptions = {
  readonly seconds: number;
  readonly writesPerBatch: number;
  readonly batches: number;
};

/** One client sends the recorded writes of all contacts in turns, with so many pipelines on their way. */
const pipelineWrites = async ({ seconds, writesPerBatch, batches }: PipelineOptions): Promise<Work> => {
  const next = inTurns(writes);
  const ids = [...writes.keys()];
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  let operations = 0;
  const work = async (): Promise<void> => {
    while (elapsed() < seconds) {
      const pipeline = redis?.client.pipeline();
      for (let index = 0; index < writesPerBatch; index += 1) {
        pipeline?.evalsha(...next(ids[position % ids.length] ?? ''));
        position += 1;
      }
      for (const [error, reply] of (await pipeline?.exec()) ?? []) assertWritten(error ?? reply);
      operations += writesPerBatch;
    }
  };
  await Promise.all(Array.from({ length: batches }, work));
  return { operations, seconds: elapsed() };
};

/** What contact-service is measured beside. */
export const contactCeilings = {
  learnAnswers,
  bareReads,
  hashReads,
  record,
  finishRecording,
  scriptPatches,
  openPipeline,
  pipelineWrites,
};
