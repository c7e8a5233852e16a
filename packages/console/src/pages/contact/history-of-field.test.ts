import type { HistoryEntry } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { historyOfField, makerText, reasonText } from './history-of-field.ts';

const entry = (sequence: number, by: string, ...changes: HistoryEntry['changes']): HistoryEntry => ({
  sequence,
  at: '2026-11-24T09:30:00.000Z',
  by,
  ...(by === 'acmecrm' && { sourceVersion: sequence }),
  changes,
});

const title = (from: string | null, to: string) => ({ field: 'title', from, to });

describe('why a field holds what it holds', () => {
  it('is told by the entries that touched it, with that field alone', () => {
    const phone = { field: 'phone', from: null, to: '+1' };
    const history = [
      entry(3, 'user:u-1', title('Dr', 'Countess'), phone),
      entry(2, 'acmecrm', phone),
      entry(1, 'acmecrm', title(null, 'Dr')),
    ];
    const found = historyOfField('title', history);
    expect(found.map(({ sequence }) => sequence)).toEqual([3, 1]);
    expect(found[0]?.changes).toEqual([title('Dr', 'Countess')]);
  });

  it('counts a custom field as one of the custom fields, and not a name that begins alike', () => {
    const history = [
      entry(2, 'acmecrm', { field: 'customFields.tier', from: null, to: 'gold' }),
      entry(1, 'acmecrm', { field: 'customFieldsOther', from: null, to: 'x' }),
    ];
    expect(historyOfField('customFields', history).map(({ sequence }) => sequence)).toEqual([2]);
  });

  it.each([
    ['AcmeCRM changed it', entry(4, 'acmecrm', title('Dr', 'Countess'))],
    ['edited here', entry(4, 'user:u-1', title('Dr', 'Countess'))],
    ['AcmeCRM owns the field and won', entry(4, 'acmecrm', { ...title('Dr', 'Countess'), lost: 'Dr' })],
    ['ours stayed', entry(4, 'acmecrm', { ...title('Dr', 'Dr'), lost: 'Countess' })],
    ['mapping reads the same record differently', entry(4, 'remap', title('Dr', 'Countess'))],
  ])('says that %s', (text, last) => {
    expect(reasonText(last)).toContain(text);
  });

  it('names who made it', () => {
    expect(makerText(entry(4, 'acmecrm'))).toBe('AcmeCRM, its version 4');
    expect(makerText(entry(4, 'machine:reporting'))).toBe('machine reporting');
    expect(makerText(entry(4, 'user:u-1'), 'u-1')).toBe('You');
    expect(makerText(entry(4, 'user:u-1'), 'u-2')).toBe('user u-1');
  });
});
