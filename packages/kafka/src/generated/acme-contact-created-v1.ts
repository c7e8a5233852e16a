// Generated from schemas/acme.contact.created.v1.avsc by generate.ts. Do not edit.

/** The full record of a contact as AcmeCRM sent it. Null and absent are the same: empty. */
type AcmeContactCreatedV1Contact = {
  /** The contact's id in AcmeCRM. */
  id: string;
  acme_first_name: string;
  acme_last_name: string;
  acme_email: string;
  acme_phone: null | string;
  acme_company: null | string;
  acme_title: null | string;
  /** One flat string. */
  acme_address: null | string;
  acme_notes: null | string;
  /** Active, Inactive or Lead. */
  acme_status: null | string;
  acme_tags: null | string[];
  /** Numbers are IEEE doubles, as in JSON. */
  acme_custom_fields: null | { [name: string]: string | number | boolean };
  /** RFC 3339, exactly as received. */
  acme_created_at: null | string;
  /** RFC 3339, exactly as received. */
  acme_updated_at: null | string;
  /** 1 and up, +1 with each change in AcmeCRM. */
  acme_version: number;
};

/** AcmeCRM created a contact. */
export type AcmeContactCreatedV1 = {
  /** AcmeCRM's id of the event. */
  eventId: string;
  /** Always contact.created on this topic. */
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
  data: AcmeContactCreatedV1Contact;
  /** The members of the data that AcmeCRM sent and this schema does not name: one JSON object. Null: none. */
  extra: null | string;
};

/** The schema of acme.contact.created.v1 as it is registered. */
export const acmeContactCreatedV1Schema = {
  "type": "record",
  "name": "ContactCreated",
  "namespace": "acme.contact",
  "doc": "AcmeCRM created a contact.",
  "fields": [
    {
      "name": "eventId",
      "type": "string",
      "doc": "AcmeCRM's id of the event."
    },
    {
      "name": "eventType",
      "type": "string",
      "doc": "Always contact.created on this topic."
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
        "name": "Contact",
        "doc": "The full record of a contact as AcmeCRM sent it. Null and absent are the same: empty.",
        "fields": [
          {
            "name": "id",
            "type": "string",
            "doc": "The contact's id in AcmeCRM."
          },
          {
            "name": "acme_first_name",
            "type": "string"
          },
          {
            "name": "acme_last_name",
            "type": "string"
          },
          {
            "name": "acme_email",
            "type": "string"
          },
          {
            "name": "acme_phone",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "acme_company",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "acme_title",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "acme_address",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "One flat string."
          },
          {
            "name": "acme_notes",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "acme_status",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "Active, Inactive or Lead."
          },
          {
            "name": "acme_tags",
            "type": [
              "null",
              {
                "type": "array",
                "items": "string"
              }
            ],
            "default": null
          },
          {
            "name": "acme_custom_fields",
            "type": [
              "null",
              {
                "type": "map",
                "values": [
                  "string",
                  "double",
                  "boolean"
                ]
              }
            ],
            "default": null,
            "doc": "Numbers are IEEE doubles, as in JSON."
          },
          {
            "name": "acme_created_at",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "RFC 3339, exactly as received."
          },
          {
            "name": "acme_updated_at",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "RFC 3339, exactly as received."
          },
          {
            "name": "acme_version",
            "type": "long",
            "doc": "1 and up, +1 with each change in AcmeCRM."
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
