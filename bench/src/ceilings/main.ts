/**
 * Every ceiling: the same work without what a product needs. Plain and fast, no logger, no metrics, no validation. Each
 * runs in a process of its own, under the same Node and flags as the services.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { acmeContactMembers, contactIdOfAcme } from '@contact-sync/domain';
import {
  acmeContactCreated,
  createCodec,
  createRegistry,
  fixRequestQueue,
  type ValueOf,
} from '@contact-sync/kafka';
import { openRedis } from '@contact-sync/redis';
import { fastifyHttpProxy } from '@fastify/http-proxy';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import kafkajs, { type Kafka, type Message, type Producer } from 'kafkajs';
import { opened, serveTasks } from '../harness/serve-tasks.ts';
import type { Work } from '../harness/turn.ts';
import { type Pace, pace } from '../load/pace.ts';
import { contactCeilings } from './contact-ceilings.ts';
import { sessionCeilings } from './session-ceilings.ts';

const listen = (app: FastifyInstance): Promise<string> => app.listen({ host: '127.0.0.1', port: 0 });

const bodyLimit = 1_048_576;

const takingRawBodies = (): FastifyInstance => {
  const app = fastify({ bodyLimit });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  return app;
};

/** Reads the body and answers 202: what HTTP alone costs. */
const bareIngest = (): Promise<string> => {
  const app = takingRawBodies();
  app.post('/webhooks/acmecrm', (_request, reply) => {
    reply.code(202).send({ eventId: 'evt_00000000_000000' });
  });
  return listen(app);
};

/** Answers every read with the same bytes. */
const bareRead = (answer: { body: string; etag: string }): Promise<string> => {
  const app = fastify();
  app.get('/api/v1/contacts/:id', (_request, reply) => {
    reply.header('etag', answer.etag).type('application/json; charset=utf-8').send(answer.body);
  });
  return listen(app);
};

/** Passes every request on and does nothing else. */
const bareProxy = async (upstream: string): Promise<string> => {
  const app = fastify();
  await app.register(fastifyHttpProxy, { upstream });
  return listen(app);
};

type Publish = (message: Message) => Promise<unknown>;

/** As one writes it first. */
const oneSendEach =
  (producer: Producer, topic: string): Publish =>
  (message) =>
    producer.send({ topic, acks: -1, messages: [message] });

/** One send in flight; what comes meanwhile is the next. */
const microBatched = (producer: Producer, topic: string): Publish => {
  let waiting: ({ message: Message } & PromiseWithResolvers<void>)[] = [];
  let sending = false;
  const flush = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await producer.send({ topic, acks: -1, messages: batch.map(({ message }) => message) });
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    sending = false;
  };
  return (message) => {
    const entry = { message, ...Promise.withResolvers<void>() };
    waiting.push(entry);
    if (!sending) {
      sending = true;
      setImmediate(flush);
    }
    return entry.promise;
  };
};

type LeanOptions = {
  readonly brokers: string;
  readonly registryUrl: string;
  readonly redisUrl: string;
  readonly secret: string;
  readonly topic: string;
  readonly publish: 'micro-batched' | 'one send each';
  /** Whether the broker drops what a retry sends again. kafkajs has one such send under way at a time. */
  readonly idempotent?: boolean;
};

const isSigned = ({ headers, body }: FastifyRequest, secret: string): boolean => {
  const mac = createHmac('sha256', secret)
    .update(`${headers['x-acme-timestamp']}.`)
    .update(body as Buffer);
  const given = Buffer.from(String(headers['x-acme-signature']).slice('sha256='.length), 'hex');
  const expected = mac.digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
};

type Created = ValueOf<typeof acmeContactCreated>;

const toSourceEvent = (event: { id: string; timestamp: string; data: Created['data'] }): Created => {
  const extra: Record<string, unknown> = {};
  for (const member in event.data) {
    if (!acmeContactMembers.has(member)) extra[member] = event.data[member as keyof Created['data']];
  }
  return {
    eventId: event.id,
    eventType: 'contact.created',
    occurredAt: event.timestamp,
    receivedAt: new Date().toISOString(),
    source: 'acmecrm',
    contactId: contactIdOfAcme(event.data.id),
    sourceVersion: event.data.acme_version,
    data: event.data,
    extra,
  };
};

const partitioning = { createPartitioner: kafkajs.Partitioners.DefaultPartitioner };

/** kafkajs as it comes, but idle while it is not its turn: its timers would wake a thousand times a second beside who has it. */
const plainKafka = (brokers: string, clientId: string): Kafka => {
  fixRequestQueue();
  return new kafkajs.Kafka({ brokers: brokers.split(','), clientId, logLevel: kafkajs.logLevel.NOTHING });
};

const connect = async ({ brokers, registryUrl, redisUrl, idempotent = false }: LeanOptions) => {
  const kafka = plainKafka(brokers, 'bench-ceiling');
  const producer = kafka.producer({ ...partitioning, allowAutoTopicCreation: false, idempotent });
  const codec = createCodec({ registry: createRegistry({ url: registryUrl }) });
  const redis = await openRedis(redisUrl, { clientName: 'bench-ceiling' });
  await Promise.all([producer.connect(), codec.prepare([acmeContactCreated])]);
  return { producer, codec, redis: redis.client };
};

/** HMAC over the raw body, Avro, the log, one Redis command, 202. Serves single events only. */
const leanIngest = async (options: LeanOptions): Promise<string> => {
  const { producer, codec, redis } = await connect(options);
  const { secret, topic } = options;
  const publish =
    options.publish === 'micro-batched' ? microBatched(producer, topic) : oneSendEach(producer, topic);
  const app = takingRawBodies();
  app.post('/webhooks/acmecrm', async (request, reply) => {
    if (!isSigned(request, secret)) return reply.code(401).send();
    const event = toSourceEvent(JSON.parse((request.body as Buffer).toString()));
    await publish({ key: event.contactId, value: codec.encode(acmeContactCreated, event) });
    const first = await redis.set(`bench:${event.eventId}`, '1', 'EX', 86_400, 'NX');
    return reply.code(first === 'OK' ? 202 : 200).send({ eventId: event.eventId });
  });
  return listen(app);
};

/** Does a piece of work at a steady rate, and times each from its beginning to the end that it tells. */
const timedAtPace = async ({ perSecond, seconds }: Pace, work: () => Promise<number>): Promise<Work> => {
  const latenciesMs: number[] = [];
  const timed = async (): Promise<void> => {
    const begunAt = performance.now();
    latenciesMs.push((await work()) - begunAt);
  };
  const under: Promise<void>[] = [];
  const lateMs = await pace({ perSecond, seconds }, () => {
    under.push(timed());
  });
  await Promise.all(under);
  return { operations: under.length, seconds, latenciesMs, lateMs };
};

type SendOptions = { readonly brokers: string; readonly topic: string; readonly bytes: number };

let sends: ((steady: Pace) => Promise<Work>) | undefined;

/** kafkajs by itself: one record a request, acknowledged by all in-sync replicas, as many under way as come. */
const openSends = async ({ brokers, topic, bytes }: SendOptions): Promise<void> => {
  const kafka = plainKafka(brokers, 'bench-sends');
  const producer = kafka.producer({ ...partitioning, allowAutoTopicCreation: false });
  await producer.connect();
  const value = Buffer.alloc(bytes, 'x');
  let sent = 0;
  sends = (steady) =>
    timedAtPace(steady, async () => {
      sent += 1;
      await producer.send({ topic, acks: -1, messages: [{ key: `record-${sent}`, value }] });
      return performance.now();
    });
};

let roundTrip: ((steady: Pace) => Promise<Work>) | undefined;

/** kafkajs by itself: produces records and consumes them in the same process, so that one clock times both ends. */
const openRoundTrip = async ({ brokers, topic, bytes }: SendOptions): Promise<void> => {
  const kafka = plainKafka(brokers, 'bench-round-trip');
  const producer = kafka.producer({ ...partitioning, allowAutoTopicCreation: false });
  const consumer = kafka.consumer({ groupId: 'bench-round-trip', allowAutoTopicCreation: false });
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const underway = new Map<string, (arrivedAt: number) => void>();
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    eachMessage: async ({ message }) => {
      const key = String(message.key);
      underway.get(key)?.(performance.now());
      underway.delete(key);
    },
  });
  await joined;
  const value = Buffer.alloc(bytes, 'x');
  let sent = 0;
  roundTrip = (steady) =>
    timedAtPace(steady, async () => {
      sent += 1;
      const key = `record-${sent}`;
      const arrived = new Promise<number>((resolve) => underway.set(key, resolve));
      await producer.send({ topic, acks: -1, messages: [{ key, value }] });
      return arrived;
    });
};

const tasks = {
  ...contactCeilings,
  ...sessionCeilings,
  bareIngest,
  bareProxy,
  bareRead,
  leanIngest,
  openRoundTrip,
  roundTrip: (steady: Pace): Promise<Work> => opened(roundTrip)(steady),
  openSends,
  sends: (steady: Pace): Promise<Work> => opened(sends)(steady),
};

export type CeilingTasks = typeof tasks;

serveTasks(tasks);
