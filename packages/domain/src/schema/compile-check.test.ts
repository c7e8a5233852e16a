import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { AcmeContact } from '../acme-contact.ts';
import { compileCheck, compileGuard } from './compile-check.ts';

const check = compileCheck(AcmeContact);
const contact = { id: '1', acme_first_name: 'A', acme_last_name: 'B', acme_email: 'a@b', acme_version: 1 };

describe('compileCheck', () => {
  it('finds nothing in a value that fits, unknown members and nulls included', () => {
    expect(check({ ...contact, acme_phone: null, acme_mood: { any: 'thing' } })).toEqual([]);
  });

  it('lists every fault once, with what is allowed where that is a short list', () => {
    const { acme_email: _, ...rest } = contact;
    expect(check({ ...rest, acme_phone: 7, acme_status: 'Gone', acme_version: 0 })).toEqual([
      { pointer: '/acme_email', detail: 'is required' },
      { pointer: '/acme_phone', detail: 'must be string' },
      { pointer: '/acme_status', detail: 'must be one of "Active", "Inactive", "Lead"' },
      { pointer: '/acme_version', detail: 'must be >= 1' },
    ]);
  });

  it('judges the names of custom fields, whatever characters they hold', () => {
    const named = (name: string) => check({ ...contact, acme_custom_fields: { [name]: 'x' } });
    expect(named('line\nbreak 😀')).toEqual([]);
    expect(named('😀'.repeat(100))).toEqual([]);
    for (const name of ['', 'x'.repeat(101), `${'x'.repeat(100)}\n`]) expect(named(name)).not.toEqual([]);
    expect(check({ ...contact, acme_custom_fields: { 'a\nb': { deep: 1 } } })).not.toEqual([]);
  });

  it('tells of a fault in an object that could be null where it stands, and there alone', () => {
    expect(check({ ...contact, acme_custom_fields: { a: 1, b: [] } })).toEqual([
      { pointer: '/acme_custom_fields/b', detail: 'must be string or number or boolean' },
    ]);
  });

  it.each([
    [7, [{ pointer: '/side', detail: 'must be string or array' }]],
    [[], [{ pointer: '/side', detail: 'must NOT have fewer than 1 items' }]],
    [['x', ''], [{ pointer: '/side/1', detail: 'must NOT have fewer than 1 characters' }]],
  ])('tells of %j, in a union, what the branch of its type says', (side, errors) => {
    const Path = Type.String({ minLength: 1 });
    const either = compileCheck(
      Type.Object({ side: Type.Union([Path, Type.Array(Path, { minItems: 1 })]), version: Type.Literal(1) }),
    );
    expect(either({ side, version: 1 })).toEqual(errors);
    expect(either({ side: 'x', version: 2 })).toEqual([{ pointer: '/version', detail: 'must be 1' }]);
  });

  it.each([
    [{ ids: 7 }, [{ pointer: '/ids', detail: 'must be array' }]],
    [{ filter: 7 }, [{ pointer: '/filter', detail: 'must be object' }]],
    [{ id: ['a'] }, [{ pointer: '/id', detail: 'is not a known member' }]],
  ])('tells of %j, in a union of closed objects, what is wrong with the member', (value, errors) => {
    const closed = { additionalProperties: false };
    const either = compileCheck(
      Type.Union([
        Type.Object({ ids: Type.Array(Type.String()) }, closed),
        Type.Object({ filter: Type.Object({}) }, closed),
      ]),
    );
    expect(either(value)).toEqual(expect.arrayContaining(errors));
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN])('takes %s for no number', (value) => {
    expect(compileCheck(Type.Number())(value)).toEqual([{ pointer: '', detail: 'must be number' }]);
    expect(compileCheck(Type.Integer({ minimum: 1 }))(value)).toEqual([
      { pointer: '', detail: 'must be integer' },
    ]);
  });

  it('lists what an enum allows', () => {
    const sorted = compileCheck(Type.Object({ sort: Type.Enum(['name', '-name']) }));
    expect(sorted({ sort: 'age' })).toEqual([{ pointer: '/sort', detail: 'must be one of "name", "-name"' }]);
  });

  it('does not list the faults of a huge value one by one', () => {
    const errors = check({ ...contact, acme_tags: Array.from({ length: 400_000 }, () => 1) });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.pointer).toBe('/acme_tags');
  });
});

it('a guard lets pass what a check has no fault with, and nothing else', () => {
  const fits = compileGuard(Type.Object({ at: Type.String({ format: 'date-time' }) }));
  expect([{ at: '2026-01-01T00:00:00Z' }, { at: 'never' }, {}, null].map(fits)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
