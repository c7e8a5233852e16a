import { type CustomFields, escapePointer, limits } from '@contact-sync/domain';
import { isPlainObject, type PlainObject, pickMembers } from '../plain-object.ts';
import { type Problems, report } from '../problem.ts';
import { fitsLength } from '../text-length.ts';
import { type Gate, isNothing } from './gate.ts';
import { scalarFault } from './scalar-gate.ts';

const nameFits = (name: string): boolean => name !== '' && fitsLength(name, limits.customFieldNameLength);

/** Reports every field that is not as it must be, and all of them where they are too many. */
const inspect = (fields: PlainObject, pointer: string, problems: Problems): void => {
  let count = 0;
  for (const name in fields) {
    const value = fields[name];
    count += 1;
    if (!nameFits(name)) report(problems, `${pointer}/${escapePointer(name)}`, 'NAME_LENGTH', value);
    const fault = scalarFault(value);
    if (fault !== null) report(problems, `${pointer}/${escapePointer(name)}`, fault, value);
  }
  if (count > limits.customFields) report(problems, pointer, 'TOO_MANY', fields);
};

/** The custom fields whose names are not `taken`, in an object of their own. */
export const customFieldsGate =
  (pointer: string, taken: ReadonlySet<string>): Gate<CustomFields> =>
  (fields, problems) => {
    if (!isPlainObject(fields)) {
      if (!isNothing(fields)) report(problems, pointer, 'WRONG_TYPE', fields);
      return {};
    }
    inspect(fields, pointer, problems);
    const passing = taken.size === 0 ? { ...fields } : pickMembers(fields, (name) => !taken.has(name));
    return passing as CustomFields;
  };
