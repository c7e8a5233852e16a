export const exampleAcmeRecord = {
  id: 'acme_8f1c',
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_company: 'Analytical Engines',
  acme_created_at: '2026-11-24T09:30:00.000Z',
  acme_updated_at: '2026-11-24T09:30:00.000Z',
  acme_version: 3,
  acme_external_id: '0b6a2f4e-3c0a-4f43-9f43-2f6f5c4a1d00',
};

export const exampleAcmeDeleted = { id: 'acme_77aa', acme_version: 5, acme_deleted: true };

const refusal = (error: string) => ({ error, id: exampleAcmeRecord.id, acme_version: 4 });

/** The refusals that more than one route has. */
export const exampleStale = refusal('version_conflict');
export const exampleGone = refusal('contact_deleted');
export const exampleTaken = refusal('external_id_taken');
