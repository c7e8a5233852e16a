import { expect, test } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

const at = (pointer?: string) =>
  fingerprintOf({ stage: 'map', code: 'MAPPING_FAILED', ...(pointer !== undefined && { pointer }) });

test('is one for a cause, whatever the place in a list', () => {
  expect(at('/data/acme_tags/1')).toBe(at('/data/acme_tags/27'));
  expect(at('/data/acme_tags/1')).not.toBe(at('/data/acme_phone'));
});

test('is another for another stage, code or member', () => {
  const fault = { stage: 'map', code: 'X', pointer: '/data/acme_email' } as const;
  const others = [
    { ...fault, stage: 'apply' as const },
    { ...fault, code: 'Y' },
    { ...fault, pointer: '/data/acme_phone' },
  ];
  expect(new Set([fault, ...others].map(fingerprintOf)).size).toBe(4);
});

test('holds no name of a custom field or of an unknown member, so their number is bounded', () => {
  const names = Array.from({ length: 50 }, (_, index) => `ada-${index}@example.com`);
  const found = names.flatMap((name) => [
    at(`/data/acme_custom_fields/${name}`),
    at(`/data/acme_custom_fields/${name}/acme_custom_fields/x/y/z/${name}`),
    at(`/extra/${name}`),
  ]);
  expect(new Set(found).size).toBe(3);
});
