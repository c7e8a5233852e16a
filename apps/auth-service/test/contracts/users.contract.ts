import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
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
  });
