import { exampleGone, exampleStale } from './acme-examples.ts';
import { AcmeRefusal } from './acme-record.ts';

/** Answers that changes of one contact have in common. */
export const gone = {
  description: 'It is deleted, at that version',
  body: AcmeRefusal,
  example: exampleGone,
};
export const stale = {
  description: 'It is at another version than `If-Match` names',
  body: AcmeRefusal,
  example: exampleStale,
};
