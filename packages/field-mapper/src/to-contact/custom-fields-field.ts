import { type CustomFields, limits, setOwnMember } from '@contact-sync/domain';
import { customFieldsGate } from '../gates/custom-fields-gate.ts';
import { scalarGate } from '../gates/scalar-gate.ts';
import { report } from '../problem.ts';
import type { Field } from './address-field.ts';
import type { FilledFields } from './filled-fields.ts';

/** Compiles the custom fields: those that pass through, and among them those that pairs fill one by one. */
export const customFieldsField = (
  { whole, keyed }: FilledFields,
  taken: ReadonlySet<string>,
): Field<CustomFields> => {
  const { pull, pointer } = whole('customFields');
  const passing = customFieldsGate(pointer, taken);
  const named = keyed('customFields').map((feed) => ({ ...feed, gate: scalarGate(feed.pointer) }));
  if (named.length === 0) return (record, problems) => passing(pull(record, problems), problems);

  return (record, problems) => {
    const fields = passing(pull(record, problems), problems);
    const passed = Object.keys(fields).length;
    for (const { key, gate, pull: read } of named) {
      const value = gate(read(record, problems), problems);
      if (value !== null) setOwnMember(fields, key, value);
    }
    if (passed <= limits.customFields && Object.keys(fields).length > limits.customFields)
      report(problems, pointer, 'TOO_MANY', fields);
    return fields;
  };
};
