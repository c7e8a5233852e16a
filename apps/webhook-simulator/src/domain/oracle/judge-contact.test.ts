import type { Findings } from '@contact-sync/api-contracts';
import type { AcmeContact, Contact } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import type { SimulatedEvent } from '../acme/event.ts';
import type { Evidence } from './evidence.ts';
import { judgeContact } from './judge-contact.ts';
import type { ContactViews } from './views.ts';

const recordAt = (version: number): AcmeContact & Record<string, unknown> => ({
  id: 'acme_1',
  acme_first_name: 'Ada',
  acme_last_name: `Lovelace ${version}`,
  acme_email: 'ada@example.com',
  acme_phone: '+1 (415) 555-0123',
  acme_address: '123 Main St, San Francisco, CA 94105, USA',
  acme_status: 'Active',
  acme_tags: ['vip'],
  acme_custom_fields: { score: version },
  acme_version: version,
  acme_owner_region: 'emea',
});

const eventAt = (version: number, deleted = false): SimulatedEvent => ({
  acmeId: 'acme_1',
  contactId: 'c1',
  version,
  record: deleted ? null : recordAt(version),
  webhook: {
    id: `evt_${version}`,
    event: deleted ? 'contact.deleted' : 'contact.updated',
    timestamp: '2026-01-01T00:00:00.000Z',
    data: recordAt(version),
  },
});

const contactAt = (version: number): Contact => ({
  id: 'c1',
  firstName: 'Ada',
  lastName: `Lovelace ${version}`,
  email: 'ada@example.com',
  phone: '+14155550123',
  company: null,
  title: null,
  notes: null,
  address: {
    street: '123 Main St',
    city: 'San Francisco',
    state: 'CA',
    zipCode: '94105',
    country: 'USA',
  },
  status: 'active',
  tags: ['vip'],
  customFields: { score: version },
  source: 'acmecrm',
  sourceId: 'acme_1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 2,
});

const evidenceOf = (accepted: SimulatedEvent[], uncertain: SimulatedEvent[] = []): Evidence => ({
  contactId: 'c1',
  acmeId: 'acme_1',
  accepted,
  uncertain,
  edits: [],
});

const line = (sequence: number, sourceVersion: number, outgoingEventId = `out-${sequence}`) => ({
  sequence,
  sourceVersion,
  outgoingEventId,
});

/** What a correct system shows after versions 1 and 3 were applied and 2 was superseded. */
const rightViews = (change: Partial<ContactViews> = {}): ContactViews => ({
  acme: { sourceVersion: 3, deleted: false, record: recordAt(3) },
  contact: contactAt(3),
  history: [line(2, 3), line(1, 1)],
  ...change,
});

const sent = evidenceOf([eventAt(1), eventAt(2), eventAt(3)]);
const clean: Findings = { lost: [], doubled: [], unexpected: [], unverified: [] };
const codes = (findings: Findings) =>
  Object.values(findings)
    .flat()
    .map(({ code, detail }) => (detail ? `${code}: ${detail}` : code));

describe('judgeContact', () => {
  it('finds nothing where the highest accepted version is shown once', () => {
    expect(judgeContact(sent, rightViews())).toEqual(clean);
  });

  it('takes an absent, a null and an empty member of a record as the same', () => {
    const record = { ...recordAt(3), acme_notes: null, acme_title: undefined };
    const views = rightViews({ acme: { sourceVersion: 3, deleted: false, record } });
    expect(judgeContact(sent, views)).toEqual(clean);
  });

  it('misses no entry of a version that said, behind a later one, what was there before', () => {
    const again = { ...recordAt(1), acme_version: 3, acme_updated_at: '2026-01-02T00:00:00Z' };
    const evidence = evidenceOf([eventAt(1), eventAt(2), { ...eventAt(3), record: again }]);
    const views: ContactViews = {
      acme: { sourceVersion: 3, deleted: false, record: again },
      contact: contactAt(1),
      history: [line(1, 1)],
    };
    expect(judgeContact(evidence, views)).toEqual(clean);
  });

  it.each<[string, Partial<ContactViews>, string[]]>([
    ['nothing at all', { acme: null, contact: null, history: null }, ['NOTHING_STORED']],
    [
      'a lost update',
      {
        acme: { sourceVersion: 1, deleted: false, record: recordAt(1) },
        contact: contactAt(1),
        history: [line(1, 1)],
      },
      ['VERSION_BEHIND: version 1', 'NO_HISTORY_ENTRY: version 3'],
    ],
    [
      'a record whose member differs',
      {
        acme: {
          sourceVersion: 3,
          deleted: false,
          record: { ...recordAt(3), acme_status: 'Lead', acme_owner_region: 'apac' },
        },
      },
      ['RECORD_DIFFERS: acme_owner_region, acme_status'],
    ],
    [
      'a mirror that says deleted',
      { acme: { sourceVersion: 3, deleted: true, record: recordAt(3) } },
      ['WRONG_DELETED_FLAG'],
    ],
    ['no contact', { contact: null }, ['CONTACT_MISSING']],
    [
      'a deleted contact',
      { contact: { ...contactAt(3), deletedAt: '2026-01-02T00:00:00.000Z' } },
      ['CONTACT_MISSING'],
    ],
    [
      'wrong fields',
      { contact: { ...contactAt(2), email: 'other@example.com' } },
      ['CONTACT_DIFFERS: lastName, email, customFields'],
    ],
    [
      'another phone number',
      { contact: { ...contactAt(3), phone: '+14155550124' } },
      ['CONTACT_DIFFERS: phone'],
    ],
    [
      'an address that lost a word',
      { contact: { ...contactAt(3), address: { ...emptyAddress(), street: '123 Main St' } } },
      ['CONTACT_DIFFERS: address'],
    ],
    ['no history', { history: null }, ['NO_HISTORY_ENTRY: version 3']],
    ['no entry of the last version', { history: [line(1, 1)] }, ['NO_HISTORY_ENTRY: version 3']],
    [
      'a version with two entries of one outgoing event',
      { history: [line(3, 3, 'out'), line(2, 3, 'out'), line(1, 1)] },
      ['TWO_HISTORY_ENTRIES: version 3'],
    ],
    [
      'a version with two outgoing events',
      { history: [line(3, 3), line(2, 3), line(1, 1)] },
      ['TWO_HISTORY_ENTRIES: version 3', 'TWO_OUTGOING_EVENTS: version 3'],
    ],
    [
      'a version that was never sent',
      { history: [line(2, 3), line(1, 9)] },
      ['VERSION_NEVER_ACCEPTED: version 9', 'HISTORY_OUT_OF_ORDER'],
    ],
    [
      'an older version applied after a newer one',
      { history: [line(3, 2), line(2, 3), line(1, 1)] },
      ['HISTORY_OUT_OF_ORDER'],
    ],
  ])('tells of %s', (_, change, expected) => {
    expect(codes(judgeContact(sent, rightViews(change)))).toEqual(expected);
  });

  it('says what it cannot verify instead of passing it', () => {
    const trimmed = rightViews({ history: [line(8, 3), line(7, 1)] });
    expect(codes(judgeContact(sent, trimmed))).toEqual(['HISTORY_TRIMMED']);
    const edited = rightViews({
      contact: { ...contactAt(3), firstName: 'Augusta' },
      history: [{ sequence: 3 }, line(2, 3), line(1, 1)],
    });
    expect(codes(judgeContact(sent, edited))).toEqual(['EDITED_HERE']);
  });

  describe('of a contact that was edited here', () => {
    const edit = { at: 0, contactId: 'c1', field: 'company', value: 'Ours', isMade: true } as const;
    const contact = { ...contactAt(3), company: 'Ours' };
    const history = [{ sequence: 3 }, line(2, 3), line(1, 1)];

    it('finds nothing where the edit stands beside what AcmeCRM says', () => {
      expect(judgeContact({ ...sent, edits: [edit] }, rightViews({ contact, history }))).toEqual(clean);
    });

    it('tells of an edit that is gone, made twice, or not known to be made', () => {
      const judged = (views: Partial<ContactViews>, isMade = true) =>
        codes(
          judgeContact({ ...sent, edits: [{ ...edit, isMade }] }, rightViews({ contact, history, ...views })),
        );
      expect(judged({ contact: contactAt(3) })).toEqual(['EDIT_LOST: company']);
      expect(judged({ history: [line(2, 3), line(1, 1)] })).toEqual(['EDIT_LOST: 0 entries for 1 edits']);
      expect(judged({ history: [{ sequence: 4 }, ...history] })).toEqual([
        'EDIT_DOUBLED: 2 entries for 1 edits',
      ]);
      expect(judged({}, false)).toEqual(['EDIT_NOT_MADE: company']);
    });

    it('tells of a field of AcmeCRM that the edit took along', () => {
      const other = { ...contact, title: 'Nobody' };
      expect(
        codes(judgeContact({ ...sent, edits: [edit] }, rightViews({ contact: other, history }))),
      ).toEqual(['CONTACT_DIFFERS: title']);
    });
  });

  it('names the events that a finding is about', () => {
    const lost = judgeContact(sent, { acme: null, contact: null, history: null }).lost;
    expect(lost[0]?.eventIds).toEqual(['evt_3']);
    const doubled = rightViews({ history: [line(3, 3), line(2, 1), line(1, 1)] });
    expect(judgeContact(sent, doubled).doubled[0]?.eventIds).toEqual(['evt_1']);
  });

  it('takes no event for decisive that contradicts another of its version', () => {
    const poison: SimulatedEvent = { ...eventAt(4), conflicts: true };
    expect(judgeContact(evidenceOf([...sent.accepted, poison]), rightViews())).toEqual(clean);
  });

  it('takes a moment in another spelling as the same, where it is shown in UTC', () => {
    const event = { ...eventAt(3), record: { ...recordAt(3), acme_created_at: '2024-05-01T12:00:00+02:00' } };
    const shownAs = (acme_created_at: string) =>
      codes(
        judgeContact(
          evidenceOf([eventAt(1), event]),
          rightViews({
            acme: { sourceVersion: 3, deleted: false, record: { ...recordAt(3), acme_created_at } },
          }),
        ),
      );
    expect(shownAs('2024-05-01T10:00:00Z')).toEqual([]);
    expect(shownAs('2024-05-01T11:00:00+01:00')).toEqual(['RECORD_DIFFERS: acme_created_at']);
    expect(shownAs('2024-05-01T10:00:01Z')).toEqual(['RECORD_DIFFERS: acme_created_at']);
  });

  it('tells of a number that lost its last digit', () => {
    const withBalance = (digits: string) => ({ ...recordAt(3), acme_balance: JSON.rawJSON(digits) });
    const event = { ...eventAt(3), record: withBalance('12345678901234567890') };
    const shown = rightViews({
      acme: { sourceVersion: 3, deleted: false, record: withBalance('12345678901234567891') },
    });
    expect(codes(judgeContact(evidenceOf([eventAt(1), event]), shown))).toEqual([
      'RECORD_DIFFERS: acme_balance',
    ]);
  });

  it('tells of an effect of a refused event', () => {
    const acme = { sourceVersion: 4, deleted: false, record: recordAt(4) };
    const views = rightViews({ acme, history: [line(3, 4), line(2, 3), line(1, 1)] });
    expect(judgeContact(sent, views).unexpected.map(({ code }) => code)).toEqual([
      'VERSION_NEVER_ACCEPTED',
      'VERSION_NEVER_ACCEPTED',
    ]);
  });

  it('allows an event without a final answer to have had its effect or not', () => {
    const evidence = evidenceOf([eventAt(1), eventAt(3)], [eventAt(4)]);
    expect(judgeContact(evidence, rightViews())).toEqual(clean);
    const applied = rightViews({
      acme: { sourceVersion: 4, deleted: false, record: recordAt(4) },
      contact: contactAt(4),
      history: [line(3, 4), line(2, 3), line(1, 1)],
    });
    expect(judgeContact(evidence, applied)).toEqual(clean);
    expect(judgeContact(evidenceOf([], [eventAt(1)]), { acme: null, contact: null, history: null })).toEqual(
      clean,
    );
  });

  describe('of a contact that ends deleted', () => {
    const deleted = evidenceOf([eventAt(1), eventAt(2), eventAt(3, true)]);
    const acme = { sourceVersion: 3, deleted: true, record: recordAt(2) };

    it('finds nothing whether the tombstone is shown or hidden, whatever record it keeps', () => {
      const tombstone = { ...contactAt(1), deletedAt: '2026-01-02T00:00:00.000Z' };
      expect(judgeContact(deleted, rightViews({ acme, contact: tombstone }))).toEqual(clean);
      const unknown = { acme: { ...acme, record: null }, contact: null, history: [line(1, 3)] };
      expect(judgeContact(deleted, unknown)).toEqual(clean);
    });

    it('tells of a contact that is still live', () => {
      expect(codes(judgeContact(deleted, rightViews({ acme })))).toEqual(['CONTACT_STILL_LIVE']);
    });

    it('tells of a mirror that a late update revived', () => {
      const revived = { sourceVersion: 3, deleted: false, record: recordAt(2) };
      expect(codes(judgeContact(deleted, rightViews({ acme: revived, contact: null })))).toEqual([
        'WRONG_DELETED_FLAG',
      ]);
    });
  });
});

function emptyAddress() {
  return { street: null, city: null, state: null, zipCode: null, country: null };
}
