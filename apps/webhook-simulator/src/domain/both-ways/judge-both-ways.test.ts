import type { AcmeContact, Contact } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import type { CrmContact } from '../crm/crm-contact.ts';
import { type BothSides, type BothWaysEvidence, judgeBothWays, type MadeStep } from './judge-both-ways.ts';
import type { SharedField, Side } from './plan.ts';

const contactId = '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e';

const record = (version: number, more: Partial<AcmeContact> = {}): AcmeContact => ({
  id: 'acme_1',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_version: version,
  ...more,
});

const contact = (version: number, more: Partial<Contact> = {}): Contact => ({
  id: contactId,
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
  createdAt: '2026-11-28T11:00:00.000Z',
  updatedAt: '2026-11-28T11:00:00.000Z',
  version,
  ...more,
});

const edit = (side: Side, field: SharedField, value: string, isMade = true): MadeStep => ({
  at: 0,
  contact: 0,
  kind: 'edit',
  side,
  field,
  value,
  isMade,
});

const deletion: MadeStep = { at: 0, contact: 0, kind: 'delete', side: 'there', isMade: true };

const evidence = (...steps: MadeStep[]): BothWaysEvidence => ({ contactId, born: 'there', steps });

const sides = (there: CrmContact, here: Contact | null, mirror = there): BothSides => ({
  there,
  moved: false,
  views: {
    contact: here,
    history: [],
    acme: {
      sourceVersion: mirror.record.acme_version,
      deleted: mirror.deleted,
      record: { ...mirror.record },
    },
  },
});

const live = (version: number, more: Partial<AcmeContact> = {}): CrmContact => ({
  record: record(version, more),
  deleted: false,
});

const codesOf = (of: BothWaysEvidence, both: BothSides) => {
  const { lost, doubled, unexpected, unverified } = judgeBothWays(of, both);
  const told = [...lost, ...doubled, ...unexpected, ...unverified];
  return told.map(({ code, detail }) => (detail === undefined ? code : `${code} ${detail}`));
};

describe('the verdict on both sides', () => {
  it('finds nothing where both are alike and say what was set last', () => {
    const steps = [
      edit('there', 'title', 'A'),
      edit('here', 'company', 'B'),
      edit('here', 'phone', '+14155551000'),
    ];
    const more = { acme_title: 'A', acme_company: 'B', acme_phone: '(415) 555-1000' };
    const here = { title: 'A', company: 'B', phone: '+14155551000' };
    expect(codesOf(evidence(...steps), sides(live(4, more), contact(4, here)))).toEqual([]);
  });

  it('takes either value of a field that both have changed, and no older one', () => {
    const steps = [
      edit('here', 'title', 'old'),
      edit('there', 'title', 'theirs'),
      edit('here', 'title', 'ours'),
    ];
    const codesWith = (title: string) =>
      codesOf(evidence(...steps), sides(live(3, { acme_title: title }), contact(3, { title })));
    expect(codesWith('theirs')).toEqual([]);
    expect(codesWith('ours')).toEqual([]);
    expect(codesWith('old')).toEqual(['EDIT_LOST title']);
  });

  it('names a change of one side that nobody shows', () => {
    const both = sides(live(2, { acme_title: 'old' }), contact(2, { title: 'old' }));
    expect(codesOf(evidence(edit('here', 'title', 'ours')), both)).toEqual(['EDIT_LOST title']);
    expect(codesOf(evidence(edit('there', 'title', 'theirs')), both)).toEqual(['CHANGE_LOST title']);
  });

  it('names the fields in which the two sides differ', () => {
    const both = sides(live(2, { acme_title: 'there' }), contact(2, { title: 'here' }));
    expect(codesOf(evidence(edit('here', 'title', 'here')), both)).toEqual(['SIDES_DIFFER title']);
  });

  it('names a side that is behind, or deleted alone', () => {
    expect(codesOf(evidence(edit('there', 'title', 'A')), sides(live(2), contact(2), live(1)))).toContain(
      'VERSION_BEHIND version 1 of 2',
    );
    const gone = { ...live(2), deleted: true };
    expect(codesOf(evidence(deletion), sides(gone, contact(2), live(2)))).toEqual(['WRONG_DELETED_FLAG']);
    expect(codesOf(evidence(deletion), sides(gone, contact(2)))).toEqual(['CONTACT_STILL_LIVE']);
    expect(codesOf(evidence(deletion), sides(gone, null))).toEqual([]);
    expect(codesOf(evidence(), sides(live(1), null))).toEqual(['CONTACT_MISSING']);
  });

  it('names what is written back and forth, on either side', () => {
    const steps = evidence(edit('there', 'title', 'A'), edit('here', 'company', 'B'));
    const alike = (there: number, here: number) =>
      codesOf(
        steps,
        sides(
          live(there, { acme_title: 'A', acme_company: 'B' }),
          contact(here, { title: 'A', company: 'B' }),
        ),
      );
    expect(alike(5, 5)).toEqual([]);
    expect(alike(6, 5)).toEqual(['PING_PONG versions 6 there, 5 here, of 5']);
    expect(alike(5, 6)).toEqual(['PING_PONG versions 5 there, 6 here, of 5']);
  });

  it('says of what it cannot know that it is unverified', () => {
    const both = sides(live(1), contact(1));
    expect(codesOf(evidence(), { ...both, views: undefined })).toEqual(['UNREADABLE']);
    expect(codesOf(evidence(), { ...both, moved: true })).toEqual(['STILL_CHANGING']);
    expect(codesOf(evidence(edit('here', 'title', 'A', false)), both)).toEqual(['EDIT_NOT_MADE title']);
  });

  it('names what AcmeCRM never got, and what never came here', () => {
    const both = sides(live(1), contact(1));
    expect(codesOf(evidence(), { ...both, there: undefined })).toEqual(['NOTHING_THERE']);
    const views = { acme: null, contact: null, history: null };
    expect(codesOf(evidence(), { ...both, views })).toEqual(['NOTHING_STORED']);
  });
});
