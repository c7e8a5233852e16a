import { expect, test } from 'vitest';
import { limits } from './limits.ts';

test('a contact of both sides at their limits fits into its bytes in the longest spelling, and not by much', () => {
  const longest = (codePoints: number) => '\\ud83d\\ude00'.repeat(codePoints);
  const custom = `"${longest(limits.customFieldNameLength)}":"${longest(limits.customFieldLength)}",`;
  const texts = [
    ...[limits.nameLength, limits.nameLength, limits.emailLength, limits.phoneLength],
    ...[limits.companyLength, limits.titleLength, limits.notesLength, limits.idLength],
    ...Array.from({ length: 5 }, () => limits.addressLength),
    ...Array.from({ length: limits.tags }, () => limits.tagLength),
  ];
  const bytes = [
    ...texts.map((length) => `"customFields":"${longest(length)}",`),
    ...Array.from({ length: 2 * limits.customFields }, () => custom),
  ].join('').length;
  expect(limits.contactBytes).toBeGreaterThanOrEqual(bytes);
  expect(limits.contactBytes).toBeLessThan(bytes * 1.3);
});
