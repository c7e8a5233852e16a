import { type ContactChange, parseJson } from '@contact-sync/domain';

/** A change as the fields of its entry in the outbox's stream. */
export const toOutboxFields = ({ contact, outgoing }: ContactChange): [string, string] => [
  'change',
  JSON.stringify({ contact, outgoing }),
];

/** The way back from {@link toOutboxFields}. */
export const fromOutboxFields = (fields: readonly string[]): ContactChange =>
  parseJson(fields[1] ?? '') as ContactChange;
