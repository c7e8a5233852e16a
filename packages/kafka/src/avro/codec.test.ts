import { AppError } from '@contact-sync/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createdEvent } from '../../test/support/events.ts';
import { fakeRegistry } from '../../test/support/fake-registry.ts';
import { acmeContactCreated, acmeContactUpdated } from '../contracts/acme-contact.ts';
import { allContracts } from '../contracts/all-contracts.ts';
import type { TopicContract } from '../contracts/topic-contract.ts';
import { createCodec } from './codec.ts';

const setUp = async (unknownIdMs?: number) => {
  const fake = fakeRegistry();
  const codec = createCodec({
    registry: fake.registry,
    ...(unknownIdMs === undefined ? {} : { unknownIdMs }),
  });
  await codec.prepare(allContracts);
  return { ...fake, codec };
};

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError but ${error}`);
  return `${error.code}${error.retryable ? ' retryable' : ''}`;
};

const full = createdEvent({
  data: {
    id: 'acme-1',
    acme_first_name: 'Zoë',
    acme_last_name: '李',
    acme_email: 'zoe@example.com',
    acme_tags: ['a', 'ü', ''],
    acme_custom_fields: {
      size: 1e21,
      half: 0.5,
      minus: -0,
      big: 2 ** 53,
      yes: true,
      text: '',
      __proto__x: 'p',
      7: 'seven',
    },
    acme_status: 'Lead',
    acme_version: Number.MAX_SAFE_INTEGER,
  },
  extra: { nested: { list: [1, null, 'x'] }, lone: '\ud800' },
});

test('a record begins with a zero byte and the schema id, and decodes to what was encoded', async () => {
  const { codec } = await setUp();
  const bytes = codec.encode(acmeContactCreated, full);
  expect([...bytes.subarray(0, 5)]).toEqual([0, 0, 0, 0, 1]);
  expect(await codec.decode(acmeContactCreated, bytes)).toEqual(full);
});

test('encodings do not disturb each other, also across slabs and beyond a slab', async () => {
  const { codec } = await setUp();
  const events = Array.from({ length: 400 }, (_, index) =>
    createdEvent({ extra: { filler: 'x'.repeat(index === 200 ? 300_000 : index * 3) } }),
  );
  const encoded = events.map((event) => codec.encode(acmeContactCreated, event));
  for (const [index, bytes] of encoded.entries()) {
    expect(await codec.decode(acmeContactCreated, bytes)).toEqual(events[index]);
  }
});

test('a value that does not fit the schema is refused by place, and the text quotes nothing of it', async () => {
  const { codec } = await setUp();
  const wrong = createdEvent();
  (wrong.data as { acme_email: unknown }).acme_email = { secret: 'ada@example.com' };
  const attempt = () => codec.encode(acmeContactCreated, wrong);
  expect(attempt).toThrowError(
    expect.objectContaining({
      code: 'INVALID_EVENT',
      errors: [{ pointer: '/data/acme_email', detail: expect.any(String) }],
    }),
  );
  expect(attempt).toThrowError(expect.not.objectContaining({ message: expect.stringContaining('ada@') }));
});

test('encoding before the schema ids are known is retryable', () => {
  const codec = createCodec({ registry: fakeRegistry().registry });
  expect(codec.isPrepared(acmeContactCreated)).toBe(false);
  expect(() => codec.encode(acmeContactCreated, createdEvent())).toThrowError(
    expect.objectContaining({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true }),
  );
});

test('bytes without a frame, and null, are undecodable', async () => {
  const { codec } = await setUp();
  const bytes = codec.encode(acmeContactCreated, full);
  const otherMagic = Buffer.from(bytes);
  otherMagic[0] = 1;
  for (const poison of [null, Buffer.alloc(0), Buffer.from([0, 0, 0, 0]), otherMagic]) {
    expect(await codeOf(codec.decode(acmeContactCreated, poison))).toBe('UNDECODABLE');
  }
});

test('bytes cut anywhere, or with more behind them, are undecodable', async () => {
  const { codec } = await setUp();
  const bytes = codec.encode(acmeContactCreated, full);
  for (let length = 0; length < bytes.length; length += 1) {
    expect(await codeOf(codec.decode(acmeContactCreated, bytes.subarray(0, length)))).toBe('UNDECODABLE');
  }
  const longer = Buffer.concat([bytes, Buffer.from([0])]);
  expect(await codeOf(codec.decode(acmeContactCreated, longer))).toBe('UNDECODABLE');
});

test('text that is no UTF-8 is undecodable, a real U+FFFD is not', async () => {
  const { codec } = await setUp();
  const event = createdEvent({ extra: { text: '\ufffd' } });
  event.data.acme_first_name = 'Ada \ufffd';
  const bytes = codec.encode(acmeContactCreated, event);
  expect(await codec.decode(acmeContactCreated, bytes)).toEqual(event);

  const fields = { acme_custom_fields: { 'a key': 'a value' } };
  for (const text of ['Lovelace', 'a key', 'a value']) {
    const plain = createdEvent();
    const broken = codec.encode(acmeContactCreated, { ...plain, data: { ...plain.data, ...fields } });
    broken[broken.indexOf(text)] = 0xff;
    expect(await codeOf(codec.decode(acmeContactCreated, broken))).toBe('UNDECODABLE');
  }
});

// A reader that believes a forged size would be busy for minutes; a noisy machine is not.
const hangMs = 5_000;

test('any flipped bytes end in a value or in UNDECODABLE, at once', async () => {
  const { codec } = await setUp();
  const bytes = codec.encode(acmeContactCreated, full);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (flips) => {
        const poison = Buffer.from(bytes);
        // The id stays, so that it is about the Avro bytes.
        for (const [at, value] of flips) if (at > 4) poison[at] = value;
        const startedAt = performance.now();
        await codec.decode(acmeContactCreated, poison).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'UNDECODABLE' });
        });
        expect(performance.now() - startedAt).toBeLessThan(hangMs);
      },
    ),
    { numRuns: 500 },
  );
});

test('an unknown schema id is undecodable, and a flood of it is one look-up', async () => {
  const { codec, state } = await setUp();
  const bytes = Buffer.from(codec.encode(acmeContactCreated, full));
  bytes.writeUInt32BE(2_000_000_000, 1);
  const before = state.lookUps;
  const codes = await Promise.all(
    Array.from({ length: 50 }, () => codeOf(codec.decode(acmeContactCreated, bytes))),
  );
  expect(new Set([...codes, await codeOf(codec.decode(acmeContactCreated, bytes))])).toEqual(
    new Set(['UNDECODABLE']),
  );
  expect(state.lookUps - before).toBe(1);
});

test.each([
  ['no JSON', 'syntax = "proto3";'],
  ['no Avro', '{"type":"object","properties":{}}'],
  ['of a type that is not there', '{"type":"record","name":"X","fields":[{"name":"a","type":"Gone"}]}'],
  ['null', 'null'],
  ['a number', '7'],
  ['beyond any depth', `${'['.repeat(20_000)}"string"${']'.repeat(20_000)}`],
])(
  'records whose schema the registry has, but which is %s, are undecodable at one look-up',
  async (_, text) => {
    const { codec, state, addText } = await setUp();
    const bytes = Buffer.from(codec.encode(acmeContactCreated, full));
    bytes.writeUInt32BE(addText(text), 1);
    const before = state.lookUps;
    for (let index = 0; index < 3; index += 1) {
      expect(await codeOf(codec.decode(acmeContactCreated, bytes))).toBe('UNDECODABLE');
    }
    expect(state.lookUps - before).toBe(1);
  },
);

test('an id beyond those that a registry gives is undecodable without asking', async () => {
  const { codec, state } = await setUp();
  const bytes = Buffer.from(codec.encode(acmeContactCreated, full));
  bytes.writeUInt32BE(2 ** 31, 1);
  state.isDown = true;
  expect(await codeOf(codec.decode(acmeContactCreated, bytes))).toBe('UNDECODABLE');
});

test('an id that was unknown is asked for again later', async () => {
  const { codec, add } = await setUp(0);
  const bytes = Buffer.from(codec.encode(acmeContactCreated, full));
  const next = allContracts.length + 1;
  bytes.writeUInt32BE(next, 1);
  expect(await codeOf(codec.decode(acmeContactCreated, bytes))).toBe('UNDECODABLE');
  expect(add({ ...acmeContactCreated.schema, doc: 'a later version' })).toBe(next);
  expect(await codec.decode(acmeContactCreated, bytes)).toEqual(full);
});

test('a registry that is down makes an id not seen before retryable, and known ids go on', async () => {
  const { codec, state, add } = await setUp();
  const known = codec.encode(acmeContactCreated, full);
  const other = Buffer.from(known);
  other.writeUInt32BE(add({ ...acmeContactCreated.schema, doc: 'another writer' }), 1);
  state.isDown = true;
  expect(await codeOf(codec.decode(acmeContactCreated, other))).toBe('DEPENDENCY_UNAVAILABLE retryable');
  expect(await codec.decode(acmeContactCreated, known)).toEqual(full);
  state.isDown = false;
  expect(await codec.decode(acmeContactCreated, other)).toEqual(full);
});

test("another topic's schema is undecodable on this topic", async () => {
  const { codec } = await setUp();
  const bytes = codec.encode(acmeContactCreated, full);
  expect(await codeOf(codec.decode(acmeContactUpdated, bytes))).toBe('UNDECODABLE');
});

test('the schema that knows more members, or fewer, is read, each way worked out once', async () => {
  const { codec, state, add } = await setUp();
  const schema = acmeContactCreated.schema as { fields: object[] };
  const later: TopicContract<typeof full> = {
    ...acmeContactCreated,
    topic: 'later',
    schema: {
      ...schema,
      fields: [...schema.fields, { name: 'note', type: ['null', 'string'], default: null }],
    },
    toRecord: (value) => ({ ...(acmeContactCreated.toRecord(value) as object), note: 'new' }),
  };
  add(later.schema);
  await codec.prepare([later]);

  const byLater = codec.encode(later, full);
  const before = state.lookUps;
  expect(await codec.decode(acmeContactCreated, byLater)).toEqual(full);
  expect(await codec.decode(acmeContactCreated, byLater)).toEqual(full);
  expect(state.lookUps - before).toBe(1);
  const byToday = codec.encode(acmeContactCreated, full);
  expect(await codec.decode(later, byToday)).toEqual(full);
});
