import type { acmeRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { CrmStore } from '../crm-ports.ts';
import type { CrmContact } from '../domain/crm/crm-contact.ts';
import type { Changed, Crm } from '../use-cases/crm.ts';

const etagOf = ({ record }: CrmContact) => ({ etag: `"${record.acme_version}"` });

const notThere = () => new AppError('CONTACT_NOT_FOUND', { message: 'AcmeCRM has no contact of this id.' });

const versionOf = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined) return undefined;
  const [, version] = /^"(\d{1,15})"$/.exec(ifMatch) ?? [];
  // What names no version names none of ours.
  return version === undefined ? 0 : Number(version);
};

const answerTo = <Done>(changed: Changed, id: string, done: (contact: CrmContact) => Done) => {
  switch (changed.kind) {
    case 'done':
      return done(changed.contact);
    case 'gone':
      return { status: 410, body: { error: 'contact_deleted', id, acme_version: changed.version } } as const;
    case 'stale':
      return { status: 412, body: { error: 'version_conflict', id, acme_version: changed.version } } as const;
    case 'absent':
      throw notThere();
  }
};

const cursorOf = (place: string): string => Buffer.from(place).toString('base64url');

const placeOf = (cursor: string): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{14} [\s\S]{1,128}$/.test(place)) return place;
  throw new AppError('INVALID_CURSOR', { message: 'The cursor is none of this list.' });
};

const itemOf = ({ record, deleted }: CrmContact) =>
  deleted ? ({ id: record.id, acme_version: record.acme_version, acme_deleted: true } as const) : record;

/** `/acme/v1/contacts`. */
export const crmHandlers = (crm: Crm, store: Pick<CrmStore, 'list'>): RouteHandlers<typeof acmeRoutes> => ({
  listAcmeContacts: async ({ query }) => {
    const from = query.updated_since === undefined ? 0 : Date.parse(query.updated_since);
    const after = query.cursor === undefined ? {} : { after: placeOf(query.cursor) };
    const { contacts, next } = await store.list({ from, ...after, limit: query.limit });
    const items = contacts.map(itemOf);
    return { status: 200, body: next === undefined ? { items } : { items, nextCursor: cursorOf(next) } };
  },
  createAcmeContact: async ({ body, headers }) => {
    const created = await crm.create(body, headers['idempotency-key']);
    if (created.kind === 'done')
      return { status: 201, headers: etagOf(created.contact), body: created.contact.record };
    const { id, version } = created;
    return { status: 409, body: { error: 'external_id_taken', id, acme_version: version } };
  },
  getAcmeContact: async ({ params: { id } }) => {
    const contact = await crm.find(id);
    if (!contact) throw notThere();
    const { record, deleted } = contact;
    if (!deleted) return { status: 200, headers: etagOf(contact), body: record };
    return { status: 410, body: { error: 'contact_deleted', id, acme_version: record.acme_version } };
  },
  patchAcmeContact: async ({ params: { id }, body, headers }) =>
    answerTo(
      await crm.patch(id, body, versionOf(headers['if-match'])),
      id,
      (contact) => ({ status: 200, headers: etagOf(contact), body: contact.record }) as const,
    ),
  deleteAcmeContact: async ({ params: { id }, headers }) =>
    answerTo(await crm.remove(id, versionOf(headers['if-match'])), id, (contact) => {
      const { acme_version } = contact.record;
      const body = { id, acme_version, acme_deleted: true } as const;
      return { status: 200, headers: etagOf(contact), body } as const;
    }),
});
