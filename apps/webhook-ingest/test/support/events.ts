import { type AcmeUpsertEvent, acmeContact, acmeEvent, uniquePrefix } from '@contact-sync/testing';

let seed = 0;

/** The creation of a contact that no other test has; `overrides` are members of its record. */
export const newContact = (overrides: Readonly<Record<string, unknown>> = {}): AcmeUpsertEvent => {
  seed += 1;
  return acmeEvent(acmeContact(seed, { id: `${uniquePrefix()}${seed}`, ...overrides }));
};

/** The same contact one version on, with another last name. */
export const nextVersion = ({ data }: AcmeUpsertEvent): AcmeUpsertEvent =>
  acmeEvent({
    ...data,
    acme_last_name: `${data.acme_last_name}+`,
    acme_version: data.acme_version + 1,
  });
