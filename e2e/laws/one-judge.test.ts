import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createPath } from './path.ts';

const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

let path: Awaited<ReturnType<typeof createPath>>;
beforeAll(async () => {
  path = await createPath();
});

const json = (value: unknown): string => JSON.stringify(value);

/** Texts that other systems made: of any script, with escapes that say nothing, halves of characters and NUL. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(json),
  fc.string({ unit: 'binary', maxLength: 6 }).map(json),
  fc.constantFrom(
    '""',
    '" "',
    '"\\u0000"',
    '"cut \\ud83d"',
    '"\\/\\u00e9"',
    '"\\u202a+1 415 555 2671\\u202c"',
  ),
);
const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
const time = fc
  .tuple(
    fc.constantFrom('2024', '0000', '9999', '1969'),
    two(13),
    two(32),
    fc.constantFrom('T', 't', ' ', '  ', ''),
    two(24),
    two(60),
    two(61),
    fc.constantFrom('', '.5', '.990999', '.', ',5'),
    fc.constantFrom('', 'Z', 'z', '+0000', '+00', '-0730', '+14:00', '+24:00', 'Z[UTC]', ' Z'),
  )
  .map(([year, month, day, mark, hour, minute, second, fraction, zone]) => {
    const clock = mark === '' ? '' : `${mark}${hour}:${minute}:${second}${fraction}${zone}`;
    return json(`${year}-${month}-${day}${clock}`);
  });
const number = fc.oneof(
  fc.constantFrom(
    '12345678901234567890',
    '1e20',
    '1e400',
    '-0',
    '1.0',
    '0.1000000000000000055511',
    '1E-400',
    '5e-324',
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(json),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
);
const name = fc.oneof(
  fc.constantFrom(
    '"__proto__"',
    '"constructor"',
    '"prototype"',
    '"toJSON"',
    '"\\""',
    '""',
    '"7"',
    '"rawJSON"',
    '"\\\\"',
  ),
  text,
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(text, time, number, fc.constantFrom('null', 'true', 'false')),
    fc.array(tie('anything') as fc.Arbitrary<string>, { maxLength: 3 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(name, tie('anything') as fc.Arbitrary<string>), { maxLength: 3 })
      .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join()}}`),
  ),
}));
const scalar = fc.oneof(text, number, fc.constantFrom('null', 'true', 'false', '[]'));
const customFields = fc
  .array(fc.tuple(name, scalar), { maxLength: 4 })
  .map((fields) => `{${fields.map(([key, value]) => `${key}:${value}`).join()}}`);

const optional = fc.oneof(
  fc.tuple(fc.constantFrom('acme_phone', 'acme_company', 'acme_title', 'acme_address', 'acme_notes'), text),
  fc.tuple(fc.constantFrom('acme_created_at', 'acme_updated_at'), fc.oneof(time, scalar)),
  fc.tuple(fc.constant('acme_status'), fc.oneof(fc.constantFrom('"Active"', '"Lead"'), scalar)),
  fc.tuple(
    fc.constant('acme_tags'),
    fc.oneof(
      fc.array(text, { maxLength: 3 }).map((tags) => `[${tags.join()}]`),
      scalar,
    ),
  ),
  fc.tuple(fc.constant('acme_custom_fields'), fc.oneof(customFields, scalar)),
  fc.tuple(
    fc.constantFrom('acme_schema', 'acme_legacy_id', 'constructor', '__proto__', 'prototype', 'toJSON'),
    anything,
  ),
);
const required = fc.record({
  first: fc.oneof({ arbitrary: fc.constant('"Ada"'), weight: 4 }, text),
  email: fc.constantFrom('"ada@example.com"', '"ada@example.com "', '"\\u200eada@é.com"'),
  version: fc.constantFrom('1', '1.0', '1e2', '9007199254740991'),
});
const hook = fc
  .record({
    type: fc.constantFrom('contact.created', 'contact.updated', 'contact.deleted'),
    timestamp: fc.oneof({ arbitrary: fc.constant('"2026-01-01T00:00:00Z"'), weight: 2 }, time),
    required,
    members: fc.uniqueArray(optional, { maxLength: 4, selector: ([member]) => member }),
    mark: fc.constantFrom('', '\ufeff'),
  })
  .map(({ type, timestamp, required: { first, email, version }, members, mark }) => {
    const id = randomUUID();
    const rest = members.map(([member, value]) => `,"${member}":${value}`).join('');
    return (
      `${mark}{"id":"evt_${id}","event":"${type}","timestamp":${timestamp},"data":{"id":"${id}",` +
      `"acme_first_name":${first},"acme_last_name":"L","acme_email":${email},"acme_version":${version}${rest}}}`
    );
  });

describe('one judge for all hops', () => {
  it(`what ingest answers 2xx is applied (seed ${seed})`, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(hook, async (body) => {
        const arrival = await path.send(Buffer.from(body));
        if (arrival.kind === 'not taken') return;
        taken += 1;
        expect(arrival.outcome).toMatchObject({ kind: 'done', fate: 'applied' });
      }),
      { seed, numRuns },
    );
    expect(taken).toBeGreaterThan(numRuns / 10);
  });

  it.each([
    '"acme_schema":{"constructor":{"prototype":"x"}}',
    '"__proto__":{"polluted":true}',
    '"acme_legacy_id":12345678901234567890',
    '"acme_scores":[1e20,-1.5E7,0.1000000000000000055511]',
    '"acme_x":{"rawJSON":"1"}',
    `"acme_deep":${'['.repeat(30)}${']'.repeat(30)}`,
  ])('%.60s is shown as it came', async (member) => {
    const id = randomUUID();
    const body =
      `{"id":"evt_${id}","event":"contact.created","timestamp":"2026-01-01","data":{"id":"${id}",` +
      `"acme_first_name":"A","acme_last_name":"L","acme_email":"a@b.c","acme_version":1,${member}}}`;
    const arrival = await path.send(Buffer.from(body));
    expect(arrival).toMatchObject({ kind: 'taken', outcome: { fate: 'applied' } });
    const shown = await path.get(
      `/api/v1/contacts/${arrival.kind === 'taken' ? arrival.contactId : ''}/acme`,
    );
    expect(shown.body).toContain(member);
    expect({}).not.toHaveProperty('polluted');
  });

  it('a change of the last digit of a number that no double holds is applied', async () => {
    const id = randomUUID();
    const send = (version: number, digits: string) =>
      path.send(
        Buffer.from(
          `{"id":"evt_${version}","event":"contact.updated","timestamp":"2026-01-01","data":{"id":"${id}","acme_first_name":` +
            `"A","acme_last_name":"L","acme_email":"a@b.c","acme_version":${version},"acme_legacy_id":${digits}}}`,
        ),
      );
    expect(await send(1, '12345678901234567890')).toMatchObject({ outcome: { fate: 'applied' } });
    expect(await send(2, '12345678901234567891')).toMatchObject({ outcome: { fate: 'applied' } });
    expect(await send(3, '12345678901234567891')).toMatchObject({ outcome: { fate: 'unchanged' } });
  });
});
