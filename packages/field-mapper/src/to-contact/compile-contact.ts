import { type ContactFields, limits } from '@contact-sync/domain';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import { tagsGate } from '../gates/tags-gate.ts';
import { choiceGate, emailGate, requiredGate, textGate } from '../gates/text-gates.ts';
import { takenNames } from '../taken-names.ts';
import { addressField, type Field } from './address-field.ts';
import { customFieldsField } from './custom-fields-field.ts';
import type { FilledFields } from './filled-fields.ts';

const readsOf = ({ whole }: FilledFields) => ({
  firstName: whole('firstName').pull,
  lastName: whole('lastName').pull,
  email: whole('email').pull,
  phone: whole('phone').pull,
  company: whole('company').pull,
  title: whole('title').pull,
  notes: whole('notes').pull,
  status: whole('status').pull,
  tags: whole('tags').pull,
});

const gatesOf = ({ whole }: FilledFields) => ({
  firstName: requiredGate(whole('firstName').pointer, limits.nameLength),
  lastName: requiredGate(whole('lastName').pointer, limits.nameLength),
  email: emailGate(whole('email').pointer),
  phone: textGate(whole('phone').pointer, limits.phoneLength),
  company: textGate(whole('company').pointer, limits.companyLength),
  title: textGate(whole('title').pointer, limits.titleLength),
  notes: textGate(whole('notes').pointer, limits.notesLength),
  status: choiceGate(whole('status').pointer, ['active', 'inactive', 'lead']),
  tags: tagsGate(whole('tags').pointer),
});

/**
 * Compiles the way from AcmeCRM's record to the contact's fields. What it returns never throws on plain JSON. Each
 * field has calls of its own, not one loop over all: so the engine sees one callee a call and inlines it.
 */
export const compileContact = (
  pairs: readonly ResolvedPair[],
  filled: FilledFields,
): Field<ContactFields> => {
  const read = readsOf(filled);
  const gate = gatesOf(filled);
  const address = addressField(filled);
  const customFields = customFieldsField(filled, takenNames(pairs));

  return (record, problems) => {
    return {
      firstName: gate.firstName(read.firstName(record, problems), problems),
      lastName: gate.lastName(read.lastName(record, problems), problems),
      email: gate.email(read.email(record, problems), problems),
      phone: gate.phone(read.phone(record, problems), problems),
      company: gate.company(read.company(record, problems), problems),
      title: gate.title(read.title(record, problems), problems),
      notes: gate.notes(read.notes(record, problems), problems),
      address: address(record, problems),
      status: gate.status(read.status(record, problems), problems),
      tags: gate.tags(read.tags(record, problems), problems),
      customFields: customFields(record, problems),
    };
  };
};
