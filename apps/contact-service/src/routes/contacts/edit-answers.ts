import { type JsonText, jsonTextOf } from '@contact-sync/api-contracts';
import type { Contact } from '@contact-sync/domain';
import type { StoredAnswer } from '../../domain/idempotency.ts';
import { etagOf } from '../../domain/preconditions.ts';

export const etagOfAnswer = ({ version }: StoredAnswer): string => etagOf(version);

/** The contact in an answer, as it was made or stored. */
export const contactOf = ({ status, body }: StoredAnswer): JsonText<Contact> => {
  if (body === undefined) throw new Error(`an answer with the status ${status} holds no contact`);
  return jsonTextOf(body);
};

/** The contact as an edit left it, now or the first time. */
export const editedAnswer = (answer: StoredAnswer) =>
  ({ status: 200, headers: { etag: etagOfAnswer(answer) }, text: contactOf(answer) }) as const;

export const deletedAnswer = (answer: StoredAnswer) =>
  ({ status: 204, headers: { etag: etagOfAnswer(answer) } }) as const;
