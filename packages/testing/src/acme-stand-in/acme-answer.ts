import type { AcmeRecord } from '@contact-sync/domain';
import type { AcmeStore, AcmeStored } from './acme-store.ts';
import type { AcmeAsked } from './acme-trouble.ts';

export type AcmeAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** How a record is shown: members left out, others added. */
export type ShowRecord = (record: AcmeRecord) => Readonly<Record<string, unknown>>;

const refusal = (status: number, error: string, { record }: AcmeStored): AcmeAnswer => ({
  status,
  body: { error, id: record.id, acme_version: record.acme_version },
});

const ifMatchOf = ({ headers }: AcmeAsked): string | undefined => headers['if-match']?.toString();

/** The stand-in's answer to a request that nothing is wrong with, by the rules of AcmeCRM's API (design section 6). */
export const createAnswers = (store: AcmeStore, show: ShowRecord) => {
  const answered = new Map<string, AcmeStored>();

  const shown = (status: number, { record }: AcmeStored): AcmeAnswer => ({
    status,
    body: show(record),
    headers: { etag: `"${record.acme_version}"` },
  });

  const create = (asked: AcmeAsked): AcmeAnswer => {
    const key = asked.headers['idempotency-key']?.toString();
    const before = key === undefined ? undefined : answered.get(key);
    if (before) return shown(201, before);
    const externalId = asked.body['acme_external_id'];
    const owner = externalId === undefined ? undefined : store.ofExternalId(externalId);
    if (owner) return refusal(409, 'external_id_taken', owner);
    const made = store.create(asked.body, 'api');
    if (key !== undefined) answered.set(key, made);
    return shown(201, made);
  };

  const change = (asked: AcmeAsked, stored: AcmeStored): AcmeAnswer => {
    const { id, acme_version } = stored.record;
    if (stored.deleted) return refusal(410, 'contact_deleted', stored);
    if (asked.method === 'GET') return shown(200, stored);
    const ifMatch = ifMatchOf(asked);
    if (ifMatch !== undefined && ifMatch !== `"${acme_version}"`)
      return refusal(412, 'version_conflict', stored);
    if (asked.method === 'PATCH') return shown(200, store.patch(stored, asked.body, 'api'));
    const removed = store.remove(stored, 'api');
    return { status: 200, body: { id, acme_version: removed.record.acme_version, acme_deleted: true } };
  };

  const list = (): AcmeAnswer => ({
    status: 200,
    body: {
      items: [...store.contacts.values()].map(({ record, deleted }) =>
        deleted ? { id: record.id, acme_version: record.acme_version, acme_deleted: true } : show(record),
      ),
    },
  });

  return (asked: AcmeAsked): AcmeAnswer => {
    if (asked.id === undefined) return asked.method === 'POST' ? create(asked) : list();
    const stored = store.contacts.get(asked.id);
    return stored === undefined
      ? { status: 404, body: { code: 'CONTACT_NOT_FOUND' } }
      : change(asked, stored);
  };
};
