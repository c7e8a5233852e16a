import { AppError } from '@contact-sync/domain';

/** A tag, which may hold a comma, or `*`; then a comma or the end. */
const listed = /\s*((?:W\/)?"[\x21\x23-\x7e]*"|\*)\s*(?:,|$)/gy;

/** The strong entity tag of a contact's version (RFC 9110 section 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

const tagsOf = (header: string, name: string): readonly string[] => {
  const tags = [...header.matchAll(listed)];
  const read = tags.reduce((length, [text]) => length + text.length, 0);
  if (tags.length > 0 && read === header.length) return tags.map(([, tag = '']) => tag);
  throw new AppError('INVALID_HEADER', { message: `${name} must be a list of entity tags or *.` });
};

/** The version that a tag of ours is of, weak or not; undefined for any other tag. */
const versionIn = (tag: string): number | undefined => {
  const [, version] = /^(?:W\/)?"([1-9]\d*)"$/.exec(tag) ?? [];
  return version === undefined ? undefined : Number(version);
};

const isWeak = (tag: string): boolean => tag.startsWith('W/');

/** Why none of these tags is the current version's: one of them is stale, else weak, else all are none of ours. */
const failureOf = (tags: readonly string[], current: number): string => {
  const ours = tags.filter((tag) => (versionIn(tag) ?? Number.POSITIVE_INFINITY) <= current);
  if (ours.some((tag) => !isWeak(tag))) return 'The contact has changed since you read it.';
  if (ours.length === 0) return 'If-Match has no tag that this API gave for the contact.';
  return 'If-Match compares strongly, and a weak tag (W/) never fits; send the tag as this API gave it.';
};

/**
 * If-Match with strong comparison (RFC 9110 section 13.1.1).
 *
 * @throws {AppError} PRECONDITION_REQUIRED without it, PRECONDITION_FAILED where none is the version's, INVALID_HEADER.
 */
export const assertIfMatch = (header: string | undefined, version: number): void => {
  if (header === undefined) {
    throw new AppError('PRECONDITION_REQUIRED', {
      message: 'Send the ETag of the version that you read as If-Match.',
    });
  }
  const current = etagOf(version);
  if (header === current) return;
  const tags = tagsOf(header, 'If-Match');
  if (tags.includes('*') || tags.includes(current)) return;
  throw new AppError('PRECONDITION_FAILED', { message: failureOf(tags, version) });
};

/** If-None-Match with weak comparison (RFC 9110 section 13.1.2): whether the caller has this version already. */
export const isNotModified = (header: string | undefined, version: number): boolean => {
  if (header === undefined) return false;
  const tags = tagsOf(header, 'If-None-Match').map((tag) => tag.replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etagOf(version));
};
