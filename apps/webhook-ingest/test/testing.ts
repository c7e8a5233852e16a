/** What tests of the whole path run: a delivery's way from bytes to the event that is published. */
export { parseBody } from '../src/domain/parse-body.ts';
export { readEvent } from '../src/domain/read-event.ts';
