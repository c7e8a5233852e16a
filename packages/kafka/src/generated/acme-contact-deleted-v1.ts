// Generated from schemas/acme.contact.deleted.v1.avsc by generate.ts. Do not edit.

/** What is left of a deleted contact: which one, and at which version. */
type AcmeContactDeletedV1Deletion = {
  /** The contact's id in AcmeCRM. */
  id: string;
  /** The version at which AcmeCRM deleted it. */
  acme_version: number;
};

/** AcmeCRM deleted a contact. */
export type AcmeContactDeletedV1 = {
  /** AcmeCRM's id of the event. */
  eventId: string;
  /** Always contact.deleted on this topic. */
  eventType: string;
  /** When it happened in AcmeCRM: RFC 3339, exactly as received. */
  occurredAt: string;
  /** When our ingest accepted it: RFC 3339. */
  receivedAt: string;
  /** Always acmecrm. */
  source: string;
  /** Our id of the contact (UUID); also the key of the record. */
  contactId: string;
  /** Equals acme_version of the data. */
  sourceVersion: number;
  data: AcmeContactDeletedV1Deletion;
  /** The members of the data that AcmeCRM sent and this schema does not name: one JSON object. Null: none. */
  extra: null | string;
};

/** The schema of acme.contact.deleted.v1 as it is registered. */
export const acmeContactDeletedV1Schema = {
  "type": "record",
  "name": "ContactDeleted",
  "namespace": "acme.contact",
  "doc": "AcmeCRM deleted a contact.",
  "fields": [
    {
      "name": "eventId",
      "type": "string",
      "doc": "AcmeCRM's id of the event."
    },
    {
      "name": "eventType",
      "type": "string",
      "doc": "Always contact.deleted on this topic."
    },
    {
      "name": "occurredAt",
      "type": "string",
      "doc": "When it happened in AcmeCRM: RFC 3339, exactly as received."
    },
    {
      "name": "receivedAt",
      "type": "string",
      "doc": "When our ingest accepted it: RFC 3339."
    },
    {
      "name": "source",
      "type": "string",
      "doc": "Always acmecrm."
    },
    {
      "name": "contactId",
      "type": "string",
      "doc": "Our id of the contact (UUID); also the key of the record."
    },
    {
      "name": "sourceVersion",
      "type": "long",
      "doc": "Equals acme_version of the data."
    },
    {
      "name": "data",
      "type": {
        "type": "record",
        "name": "Deletion",
        "doc": "What is left of a deleted contact: which one, and at which version.",
        "fields": [
          {
            "name": "id",
            "type": "string",
            "doc": "The contact's id in AcmeCRM."
          },
          {
            "name": "acme_version",
            "type": "long",
            "doc": "The version at which AcmeCRM deleted it."
          }
        ]
      }
    },
    {
      "name": "extra",
      "type": [
        "null",
        "string"
      ],
      "default": null,
      "doc": "The members of the data that AcmeCRM sent and this schema does not name: one JSON object. Null: none."
    }
  ]
};
