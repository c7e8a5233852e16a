import { limits } from '@contact-sync/domain';
import type { Members } from '../../acme/life.ts';
import type { Part } from '../part.ts';
import type { Scenario, Script } from '../scenario.ts';
import { contactsOf, inTurn, paced } from '../timing.ts';
import { naughtyStrings } from './naughty-strings.ts';
import { oddAddresses, oddEmails, oddPhones, oddTimes } from './odd-formats.ts';

/** Each contact is made and changed with members that `membersOf` gives for the event's number. */
const withMembers = (part: Part, membersOf: (index: number) => Members): Script => {
  const lives = Array.from({ length: Math.max(1, Math.ceil(part.count / 2)) }, part.newLife);
  const events = Array.from({ length: Math.max(part.count, lives.length) }, (_, index) =>
    (lives[index % lives.length] ?? part.newLife()).change(membersOf(index)),
  );
  return { contacts: contactsOf(lives), deliveries: paced(part, events) };
};

/** Records that are sound and not what a careless reader expects. */
export const unknownFields: Scenario = {
  name: 'unknown-fields',
  summary:
    'Members that nobody has told us of, numbers of 64 bits and more among them: kept to the last digit.',
  parameters: {},
  plan: (part) => {
    const digits = (length: number) => JSON.rawJSON(`1${part.faker.string.numeric(length - 1)}`);
    return withMembers(part, () => ({
      sent: {
        acme_legacy_id: digits(19),
        acme_ledger: {
          balance: digits(24),
          currency: 'EUR',
          lines: [digits(20), null, { deep: [true, ''] }],
        },
        constructor: { prototype: 'x' },
        'größe & co': part.faker.word.words(3),
      },
    }));
  },
};

export const unicode: Scenario = {
  name: 'unicode-and-naughty-strings',
  summary:
    'Texts that break careless code: many scripts, marks, emoji, control and bidi characters, code of all kinds.',
  parameters: {},
  plan: (part) =>
    withMembers(part, (index) => {
      const text = inTurn(naughtyStrings, index);
      const short = [...text].slice(0, limits.tagLength).join('');
      return {
        sent: {
          acme_first_name: short,
          acme_last_name: text,
          acme_company: text,
          acme_title: inTurn(naughtyStrings, index + 1),
          acme_notes: naughtyStrings.join('\r\n').slice(0, 1_000).toWellFormed(),
          acme_tags: [short],
          acme_custom_fields: { [text]: text, count: index },
        },
      };
    }),
};

export const oddFormats: Scenario = {
  name: 'odd-formats',
  summary:
    'Phones, times, e-mails and addresses as real CRMs have them: blanks, extensions, zones, lines, empty texts.',
  parameters: {},
  plan: (part) =>
    withMembers(part, (index) => {
      const [created, createdShown] = inTurn(oddTimes, index);
      const [updated, updatedShown] = inTurn(oddTimes, index + 1);
      const [email, emailShown] = inTurn(oddEmails, index);
      const [phone, phoneShown] = inTurn(oddPhones, index);
      return {
        sent: {
          acme_created_at: created,
          acme_updated_at: updated,
          acme_email: email,
          acme_phone: phone,
          acme_address: inTurn(oddAddresses, index),
          acme_title: '',
          acme_custom_fields: { empty: '', none: null, kept: index },
        },
        shown: {
          acme_created_at: createdShown,
          acme_updated_at: updatedShown,
          acme_email: emailShown,
          acme_phone: phoneShown,
          acme_title: null,
          acme_custom_fields: { kept: index },
        },
      };
    }),
};

export const large: Scenario = {
  name: 'big-notes-and-many-custom-fields',
  summary: 'Records at the limits: notes of 2,000 characters, 50 custom fields, 50 tags, an address of 500.',
  parameters: {},
  maxCount: 2_000,
  plan: (part) => {
    const words = part.faker.lorem.words(800);
    const textFrom = (start: number, length: number) => words.slice(start, start + length);
    return withMembers(part, (index) => ({
      sent: {
        acme_notes: textFrom(index, limits.notesLength),
        acme_address: textFrom(index, limits.addressLength),
        acme_tags: Array.from({ length: limits.tags }, (_, tag) => `tag ${tag} ${index}`),
        acme_custom_fields: Object.fromEntries(
          Array.from({ length: limits.customFields }, (_, field) => [
            `field ${field}`,
            textFrom(field, 100 + index),
          ]),
        ),
      },
    }));
  },
};
