import { describe, expect, it } from 'vitest';
import { dropsWebhook, failureAt, normalised, refusalOf } from './conduct.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('how AcmeCRM behaves', () => {
  it('drops exactly so many of every so many webhooks, and none where nothing is said', () => {
    const dropped = numbers(10_000).filter((nth) =>
      dropsWebhook({ dropWebhooks: { drop: 200, of: 5_000 } }, nth),
    );
    expect(dropped).toHaveLength(400);
    expect(numbers(10).some((nth) => dropsWebhook({}, nth))).toBe(false);
  });

  it('fails for a stretch of each period, as one thing at a time', () => {
    const conduct = {
      fails: [
        { as: 'limited', forSeconds: 2, everySeconds: 10 },
        { as: 'unavailable', forSeconds: 5, everySeconds: 10 },
      ],
    } as const;
    const at = (second: number) => failureAt({ fails: [...conduct.fails] }, 1_000_000_000 + second * 1_000);
    expect([0, 1.9, 2, 4.9, 5, 9.9, 10].map(at)).toEqual([
      'limited',
      'limited',
      'unavailable',
      'unavailable',
      undefined,
      undefined,
      'limited',
    ]);
  });

  it('refuses a share of the records, always the same ones', () => {
    const records = numbers(2_000).map((number) => `acme_${number}`);
    const refusedOf = () =>
      records.filter((record) => refusalOf({ refuses: { share: 0.05, status: 400 } }, record) === 400);
    expect(refusedOf()).toEqual(refusedOf());
    expect(refusedOf().length).toBeGreaterThan(60);
    expect(refusedOf().length).toBeLessThan(140);
    expect(refusalOf({}, 'acme_1')).toBeUndefined();
  });

  it('trims texts and spells phones its own way, and leaves everything else', () => {
    expect(
      normalised({
        acme_title: ' Countess ',
        acme_phone: ' +14155550123',
        acme_notes: ' ',
        acme_tags: [' a '],
      }),
    ).toEqual({ acme_title: 'Countess', acme_phone: '+141 555 501 23', acme_notes: ' ', acme_tags: [' a '] });
    expect(normalised({ acme_phone: 'ask reception' })).toEqual({ acme_phone: 'ask reception' });
  });
});
