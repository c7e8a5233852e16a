import type { Contact } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { changedFields, draftOf, patchOf } from './draft.ts';

const contact: Contact = {
  id: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: 'Engines',
  title: null,
  notes: null,
  address: { street: '1 Main St', city: 'Paris', state: null, zipCode: null, country: null },
  status: 'active',
  tags: ['one', 'two'],
  customFields: {},
  source: 'api',
  sourceId: null,
  createdAt: '2026-11-24T09:30:00.000Z',
  updatedAt: '2026-11-24T09:30:00.000Z',
  version: 1,
};

describe('an edit of a contact', () => {
  const before = draftOf(contact);

  it('sends what was typed and nothing else', () => {
    const after = { ...before, title: 'Countess', company: ' ', city: 'London', tags: 'two, , three' };
    expect(changedFields(before, after)).toEqual(['company', 'title', 'city', 'tags']);
    expect(patchOf(before, after)).toEqual({
      company: null,
      title: 'Countess',
      address: { city: 'London' },
      tags: ['two', 'three'],
    });
  });

  it('sends nothing where nothing was typed', () => {
    expect(patchOf(before, before)).toEqual({});
  });
});
