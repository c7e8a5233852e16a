import type { AcmeRecord } from '@contact-sync/domain';

export type AcmeStored = { readonly record: AcmeRecord; readonly deleted: boolean };

/** A change in the stand-in's store; each would send its webhook. */
export type AcmeChange = AcmeStored & { readonly by: 'api' | 'test' };

type Members = Readonly<Record<string, unknown>>;

export type AcmeStoreOptions = {
  /** What AcmeCRM makes of members that it is given: trims, cuts, spells or ignores them. */
  readonly normalise?: (members: Members) => Members;
};

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A merge patch (RFC 7396). */
const merged = (before: Members, patch: Members): Members => {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) after.delete(name);
    else if (!isObject(value)) after.set(name, value);
    else {
      const stood = before[name];
      after.set(name, merged(isObject(stood) ? stood : {}, value));
    }
  }
  return Object.fromEntries(after);
};

/** AcmeCRM's contacts in memory: each change is one version more, and one that changes nothing is none. */
export const createAcmeStore = ({ normalise = (members) => members }: AcmeStoreOptions) => {
  const contacts = new Map<string, AcmeStored>();
  const changes: AcmeChange[] = [];

  const write = (change: AcmeChange): AcmeStored => {
    contacts.set(change.record.id, { record: change.record, deleted: change.deleted });
    changes.push(change);
    return change;
  };
  const next = ({ record }: AcmeStored, members: Members): AcmeRecord => {
    const own = { acme_version: record.acme_version + 1, acme_updated_at: new Date().toISOString() };
    return { ...members, ...own } as AcmeRecord;
  };

  return {
    contacts,
    changes,
    ofExternalId: (externalId: unknown): AcmeStored | undefined =>
      [...contacts.values()].find(({ record }) => record['acme_external_id'] === externalId),
    create: (members: Members, by: AcmeChange['by']): AcmeStored => {
      const at = new Date().toISOString();
      const own = {
        id: `acme_made_${contacts.size + 1}`,
        acme_version: 1,
        acme_created_at: at,
        acme_updated_at: at,
      };
      return write({
        record: { ...merged({}, normalise(members)), ...own } as AcmeRecord,
        deleted: false,
        by,
      });
    },
    patch: (stored: AcmeStored, patch: Members, by: AcmeChange['by']): AcmeStored => {
      const after = merged({ ...stored.record }, normalise(patch));
      if (JSON.stringify(after) === JSON.stringify(stored.record)) return stored;
      return write({ record: next(stored, after), deleted: false, by });
    },
    remove: (stored: AcmeStored, by: AcmeChange['by']): AcmeStored =>
      write({ record: next(stored, stored.record), deleted: true, by }),
  };
};

export type AcmeStore = ReturnType<typeof createAcmeStore>;
