import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditEntry } from '../../src/domain/audit-entry.ts';
import type { User } from '../../src/domain/user.ts';
import type { Users } from '../../src/ports.ts';

const person = (changes: Partial<User> = {}): User => ({
  id: randomUUID(),
  email: `${randomUUID()}@example.com`,
  passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  roles: ['admin', 'viewer'],
  epoch: 4,
  disabled: false,
  generation: 2,
  keptSession: randomUUID(),
  createdAt: '2026-11-24T08:00:00.000Z',
  ...changes,
});

const note = auditEntry('user.changed', 'nobody', 'user:1', undefined);

/** What every implementation of {@link Users} guarantees; `create` gives an empty one. */
export const usersContract = (create: () => Users) =>
  describe('users', () => {
    it('are found as they were stored, by id and by e-mail', async () => {
      const users = create();
      const user = person();
      expect(await users.isEmpty()).toBe(true);
      expect(await users.createFirst(user)).toBe(true);
      expect(await users.isEmpty()).toBe(false);
      expect(await users.findById(user.id)).toEqual(user);
      expect(await users.findByEmail(user.email)).toEqual(user);
    });

    it('keep that they are disabled', async () => {
      const users = create();
      const user = person({ disabled: true, roles: ['viewer'] });
      await users.createFirst(user);
      expect(await users.findById(user.id)).toEqual(user);
    });

    it('are one when several are the first at the same time', async () => {
      const users = create();
      const people = Array.from({ length: 10 }, () => person());
      const made = await Promise.all(people.map((user) => users.createFirst(user)));
      expect(made.filter(Boolean).length).toBe(1);
      const stored = await Promise.all(people.map((user) => users.findByEmail(user.email)));
      expect(stored.filter(Boolean)).toEqual([people[made.indexOf(true)]]);
    });

    it.each(['nobody', '', '*', 'a:b', '{x}', '\r\nFLUSHALL', '__proto__'])(
      'are not found by %j',
      async (id) => {
        const users = create();
        await users.createFirst(person());
        expect(await users.findById(id)).toBeUndefined();
        expect(await users.findByEmail(id)).toBeUndefined();
      },
    );

    it('are created with an e-mail of their own', async () => {
      const users = create();
      const [user, other] = [person(), person()];
      expect(await users.create(user, note)).toBe(true);
      expect(await users.create({ ...other, email: user.email }, note)).toBe(false);
      expect(await users.findByEmail(user.email)).toEqual(user);
      expect(await users.findById(other.id)).toBeUndefined();
    });

    it('are written as they were read alone', async () => {
      const users = create();
      const before = person({ roles: ['viewer'] });
      await users.create(before, note);
      const after = { ...before, email: `${randomUUID()}@example.com`, roles: ['editor'] as const, epoch: 5 };
      expect(await users.write({ before, after, note })).toBe('done');
      expect(await users.findByEmail(after.email)).toEqual(after);
      expect(await users.findByEmail(before.email)).toBeUndefined();
      expect(await users.write({ before, after: { ...before, disabled: true }, note })).toBe('moved');
      expect(await users.findById(before.id)).toEqual(after);
    });

    it('take no e-mail of another', async () => {
      const users = create();
      const [one, other] = [person(), person()];
      await users.create(one, note);
      await users.create(other, note);
      const after = { ...one, email: other.email };
      expect(await users.write({ before: one, after, note })).toBe('taken');
      expect(await users.findByEmail(other.email)).toEqual(other);
    });

    it('keep one admin, whichever way two of them go at the same time', async () => {
      const users = create();
      const [one, other] = [person(), person({ roles: ['admin'] })];
      for (const user of [one, other, person({ roles: ['viewer'] })]) await users.create(user, note);
      const outcomes = await Promise.all([
        users.write({ before: one, after: undefined, note }),
        users.write({ before: other, after: { ...other, roles: ['viewer'], epoch: 5 }, note }),
      ]);
      expect(outcomes.sort()).toEqual(['done', 'last admin']);
    });

    it('of whom one is disabled count as no admin', async () => {
      const users = create();
      const [one, disabled] = [person(), person({ disabled: true })];
      for (const user of [one, disabled]) await users.create(user, note);
      expect(await users.write({ before: one, after: undefined, note })).toBe('last admin');
      expect(await users.write({ before: disabled, after: undefined, note })).toBe('done');
      expect(await users.findByEmail(disabled.email)).toBeUndefined();
    });

    it('are listed in the order of their ids, each once', async () => {
      const users = create();
      const people = Array.from({ length: 5 }, () => person());
      for (const user of people) await users.create(user, note);
      const ids = people.map(({ id }) => id).sort();
      const first = await users.list({ limit: 3 });
      expect([first.items.map(({ id }) => id), first.next]).toEqual([ids.slice(0, 3), ids[2]]);
      const second = await users.list({ limit: 3, after: first.next });
      expect([second.items.map(({ id }) => id), second.next]).toEqual([ids.slice(3), undefined]);
    });
  });
