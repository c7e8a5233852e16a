import type { AcmeRecord } from '@contact-sync/domain';
import { limits } from '@contact-sync/domain';
import fc from 'fast-check';
import { oddTexts } from './odd-texts.ts';

const points = (text: string): number => [...text].length;

/** Texts of any script, with at most `max` characters as the schemas count them. */
export const text = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: Math.min(max, 60) }) },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: Math.min(max, 60) }) },
      { weight: 3, arbitrary: fc.constantFrom(...oddTexts.map(([, odd]) => odd)) },
      { weight: 1, arbitrary: fc.constantFrom('x', '😀').map((unit) => unit.repeat(max)) },
    )
    .filter((drawn) => points(drawn) <= max);

const someText = (max: number): fc.Arbitrary<string> => text(max).filter((drawn) => drawn !== '');

const phones = [
  '(415) 555-2671',
  '+1 415 555 2671',
  '415-555-2671 ext. 9',
  '+442079460958',
  '020 7946 0958',
  '+49 (0)89 99998123',
  '03-5555-0146',
  '12',
  '',
  'call me',
  '٤١٥٥٥٥٢٦٧١',
];

const addresses = [
  '123 Main St, San Francisco, CA 94105, USA',
  '123 Main St,San Francisco,CA 94105',
  '1 A St, Suite 5, New York, New York 10001-1234 US',
  '77 Park Ave Portland, OR 97205',
  '1 Main St\r\nAustin, TX 78701',
  'Washington, DC 20001',
  'Hauptstr. 5, 10115 Berlin, Deutschland',
  'Hauptstr. 5, Berlin, DE 10115',
  '〒100-0001 東京都千代田区千代田7丁目2番9号',
  ', , ,',
  '',
];

const time = fc
  .date({ min: new Date(0), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const email = fc.constantFrom('ada@example.com', 'ü@例え.jp', 'a+b@[::1]', `${'x'.repeat(300)}@example.com`);

const scalar = fc.oneof(
  text(limits.customFieldLength),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);

const named = <Value>(
  name: fc.Arbitrary<string>,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<Record<string, Value>> =>
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));

const customFieldName = fc.oneof(
  someText(limits.customFieldNameLength),
  fc.constantFrom('tier', 'score', '__proto__', 'constructor', 'a/b~c', 'acme_email'),
);

const unknownMember = fc
  .oneof(someText(40), fc.constantFrom('new_member', '__proto__', 'toString', 'acme_mobile'))
  .filter((name) => name !== 'id' && !/^acme_(?!mobile)/.test(name));

const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { freq: 8, nil: null });

const optional = {
  acme_phone: orNull(fc.oneof(fc.constantFrom(...phones), text(limits.phoneLength))),
  acme_company: orNull(text(limits.companyLength)),
  acme_title: orNull(text(limits.titleLength)),
  acme_address: orNull(fc.oneof(fc.constantFrom(...addresses), text(limits.addressLength))),
  acme_notes: orNull(text(limits.notesLength)),
  acme_status: orNull(fc.constantFrom('Active', 'Inactive', 'Lead')),
  acme_tags: orNull(fc.array(text(limits.tagLength), { maxLength: 6 })),
  acme_custom_fields: orNull(named(customFieldName, scalar)),
  acme_created_at: orNull(time),
  acme_updated_at: orNull(time),
};

const required = {
  id: someText(limits.idLength),
  acme_first_name: someText(limits.nameLength),
  acme_last_name: someText(limits.nameLength),
  acme_email: email,
  acme_version: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
};

/** Records that AcmeCRM may send: every optional member there, null or missing, and members that nobody knows. */
export const acmeRecord: fc.Arbitrary<AcmeRecord> = fc
  .tuple(
    fc.record(
      { ...required, ...optional },
      { requiredKeys: ['id', 'acme_first_name', 'acme_last_name', 'acme_email', 'acme_version'] },
    ),
    named(unknownMember, fc.jsonValue({ maxDepth: 3 })),
  )
  // Through JSON, as records come: no undefined, no minus zero, own members only.
  .map(([known, unknown]) => JSON.parse(JSON.stringify({ ...unknown, ...known })) as AcmeRecord);
