import { decide, type SourceEnvelope } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { expect, test } from 'vitest';
import { contactIdOf, eventJson } from './contact-events.ts';

const mapping = compileMapping(builtInMapping, { defaultCountry: 'US' });

const decideOn = (number: number, version: number) =>
  decide({
    mirror: null,
    contact: null,
    event: JSON.parse(eventJson(number, version)) as SourceEnvelope,
    mapping,
    now: '2025-06-01T09:00:00.000Z',
  });

test('every event is applied, whatever its template', () => {
  for (let number = 0; number < 1_000; number += 1) {
    expect(decideOn(number, 1 + (number % 2))).toMatchObject({ kind: 'applied' });
  }
});

test('an event names its contact and the version that its data has', () => {
  expect(JSON.parse(eventJson(7, 3))).toMatchObject({
    contactId: contactIdOf(7),
    eventType: 'contact.updated',
    sourceVersion: 3,
    data: { id: 'bench-7', acme_version: 3, acme_title: 'Title 3' },
  });
});
