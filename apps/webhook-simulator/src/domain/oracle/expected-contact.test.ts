import type { AcmeContact, Contact } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { wrongFields } from './expected-contact.ts';

const bare: AcmeContact = {
  id: 'acme_1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_version: 1,
};

const held: Contact = {
  id: 'c1',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: null,
  tags: [],
  customFields: {},
  source: 'acmecrm',
  sourceId: 'acme_1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
};

const nowhere = { street: null, city: null, state: null, zipCode: null, country: null };

describe('wrongFields', () => {
  it('takes a record of required members alone as a contact of empty fields', () => {
    expect(wrongFields(bare, held)).toEqual([]);
  });

  it.each([
    ['(415) 555-2671', '+14155552671'],
    ['1 415 555 2671', '+14155552671'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+49 (0)30 901820', '+4930901820'],
    ['+490395116659', '+49395116659'],
    ['ask reception 12', 'ask reception 12'],
  ])('takes %s as %s', (theirs, ours) => {
    expect(wrongFields({ ...bare, acme_phone: theirs }, { ...held, phone: ours })).toEqual([]);
  });

  it.each([
    ['+442079460958', '+44279460958'],
    ['+4930901820', '+49901820'],
    ['+490395116659', '+4939511665'],
    ['(415) 555-2671', '4155552671'],
    ['ask reception 12', '+112'],
    ['+442079460958', null],
    [null, '+442079460958'],
  ])('does not take %s as %s', (theirs, ours) => {
    expect(wrongFields({ ...bare, acme_phone: theirs }, { ...held, phone: ours })).toEqual(['phone']);
  });

  it('finds every word of a flat address in its parts, in whichever they stand', () => {
    const record = { ...bare, acme_address: '5 Rue de l’Église, 75001 Paris, France' };
    const whole = { ...nowhere, street: '5 Rue de l’Église, 75001 Paris, France' };
    const apart = {
      ...nowhere,
      street: '5 Rue de l’Église',
      city: 'Paris',
      zipCode: '75001',
      country: 'France',
    };
    expect(wrongFields(record, { ...held, address: whole })).toEqual([]);
    expect(wrongFields(record, { ...held, address: apart })).toEqual([]);
    expect(wrongFields(record, { ...held, address: { ...apart, country: null } })).toEqual(['address']);
    expect(wrongFields(record, { ...held, address: { ...apart, state: 'Paris' } })).toEqual(['address']);
    expect(wrongFields(record, held)).toEqual(['address']);
  });

  it('names every field that differs', () => {
    const contact: Contact = {
      ...held,
      source: 'api',
      sourceId: null,
      firstName: 'ada',
      status: 'active',
      tags: ['vip'],
      customFields: { score: 1 },
    };
    expect(wrongFields(bare, contact)).toEqual([
      'source',
      'sourceId',
      'firstName',
      'status',
      'tags',
      'customFields',
    ]);
  });
});
