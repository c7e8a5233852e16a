import { AppError, ContactFields, type FieldError, limits } from '@contact-sync/domain';
import { compileCheck } from '@contact-sync/service-kit';

const checkFields = compileCheck(ContactFields);

/** A limit that an edit does not worsen does not refuse it: both sides together may have made more than the API may. */
const countFaults = (fields: ContactFields, before: ContactFields | null): FieldError[] => {
  const allowed = Math.max(limits.customFields, Object.keys(before?.customFields ?? {}).length);
  if (Object.keys(fields.customFields).length <= allowed) return [];
  return [{ pointer: '/customFields', detail: `must NOT have more than ${allowed} properties` }];
};

export type Judged = {
  /** What the contact would have. */
  readonly fields: unknown;
  /** What it has; null for one that is not there yet. */
  readonly before: ContactFields | null;
};

/**
 * The fields, where the contact may have them. That their texts are text is the reader's to judge, who refuses the body.
 *
 * @throws {AppError} INVALID_BODY with pointers where a required field would be empty or a limit is passed.
 */
export const judgeFields = ({ fields, before }: Judged): ContactFields => {
  const errors = [...checkFields(fields)];
  const judged = fields as ContactFields;
  if (errors.length === 0) errors.push(...countFaults(judged, before));
  if (errors.length === 0) return judged;
  throw new AppError('INVALID_BODY', { message: 'The contact would not be valid.', errors });
};
