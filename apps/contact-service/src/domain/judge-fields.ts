import { AppError, ContactFields, type FieldError, limits } from '@contact-sync/domain';
import { compileCheck } from '@contact-sync/service-kit';

const checkFields = compileCheck(ContactFields);

const textFaults = (value: unknown, pointer: string): FieldError[] => {
  if (typeof value === 'string') {
    const isText = value.isWellFormed() && !value.includes('\u0000');
    return isText ? [] : [{ pointer, detail: 'must be text without NUL and lone surrogates' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => [
    ...textFaults(member, pointer),
    ...textFaults(inner, `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  ]);
};

/** Whether there may be a fault: JSON spells NUL and lone surrogates as escapes, which hardly any text has. */
const mayHaveTextFaults = (sent: unknown): boolean => /\\u(?:0000|d)/.test(JSON.stringify(sent));

/** A limit that an edit does not worsen does not refuse it: both sides together may have made more than the API may. */
const countFaults = (fields: ContactFields, before: ContactFields | null): FieldError[] => {
  const allowed = Math.max(limits.customFields, Object.keys(before?.customFields ?? {}).length);
  if (Object.keys(fields.customFields).length <= allowed) return [];
  return [{ pointer: '/customFields', detail: `must NOT have more than ${allowed} properties` }];
};

export type Judged = {
  /** What the contact would have. */
  readonly fields: unknown;
  /** What a client wrote of them; the rest was looked at when it was written. */
  readonly sent: unknown;
  /** What it has; null for one that is not there yet. */
  readonly before: ContactFields | null;
};

/**
 * The fields, where the contact may have them.
 *
 * @throws {AppError} INVALID_BODY with pointers where a required field would be empty or a limit is passed.
 */
export const judgeFields = ({ fields, sent, before }: Judged): ContactFields => {
  const errors = [...checkFields(fields), ...(mayHaveTextFaults(sent) ? textFaults(sent, '') : [])];
  const judged = fields as ContactFields;
  if (errors.length === 0) errors.push(...countFaults(judged, before));
  if (errors.length === 0) return judged;
  throw new AppError('INVALID_BODY', { message: 'The contact would not be valid.', errors });
};
