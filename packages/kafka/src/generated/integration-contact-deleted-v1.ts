// Generated from schemas/integration.contact.deleted.v1.avsc by generate.ts. Do not edit.

type IntegrationContactDeletedV1ContactAddress = {
  street: null | string;
  city: null | string;
  state: null | string;
  zipCode: null | string;
  country: null | string;
};

/** A contact of the integration store, whole. */
type IntegrationContactDeletedV1Contact = {
  /** UUID. */
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  /** E.164 when it can be. */
  phone: null | string;
  company: null | string;
  title: null | string;
  notes: null | string;
  address: null | IntegrationContactDeletedV1ContactAddress;
  /** active, inactive or lead. */
  status: null | string;
  tags: string[];
  customFields: { [name: string]: string | number | boolean };
  /** acmecrm or api: where the contact was born. */
  source: string;
  /** The contact's id in its source. */
  sourceId: null | string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** RFC 3339; set exactly when the contact is deleted. */
  deletedAt: null | string;
  /** Ours: 1 and up, +1 with each change. */
  version: number;
};

/** A contact of the integration store was deleted. Apply it only if its version is above the one you hold. */
export type IntegrationContactDeletedV1 = {
  /** UUIDv5 of contact and version: the same event always has the same id. */
  eventId: string;
  /** Always contact.deleted on this topic. */
  eventType: string;
  /** When the change was made: RFC 3339. */
  occurredAt: string;
  /** UUID; also the key of the record. */
  contactId: string;
  /** The version that this change made; equals version of the data. */
  version: number;
  data: IntegrationContactDeletedV1Contact;
  /** The contact was erased for good: whoever keeps personal data of it deletes them, its data here are empty, and no further event of it follows until an admin lifts the block. */
  erased: boolean;
};

/** The schema of integration.contact.deleted.v1 as it is registered. */
export const integrationContactDeletedV1Schema = {
  "type": "record",
  "name": "ContactDeleted",
  "namespace": "integration.contact",
  "doc": "A contact of the integration store was deleted. Apply it only if its version is above the one you hold.",
  "fields": [
    {
      "name": "eventId",
      "type": "string",
      "doc": "UUIDv5 of contact and version: the same event always has the same id."
    },
    {
      "name": "eventType",
      "type": "string",
      "doc": "Always contact.deleted on this topic."
    },
    {
      "name": "occurredAt",
      "type": "string",
      "doc": "When the change was made: RFC 3339."
    },
    {
      "name": "contactId",
      "type": "string",
      "doc": "UUID; also the key of the record."
    },
    {
      "name": "version",
      "type": "long",
      "doc": "The version that this change made; equals version of the data."
    },
    {
      "name": "data",
      "type": {
        "type": "record",
        "name": "Contact",
        "doc": "A contact of the integration store, whole.",
        "fields": [
          {
            "name": "id",
            "type": "string",
            "doc": "UUID."
          },
          {
            "name": "firstName",
            "type": "string"
          },
          {
            "name": "lastName",
            "type": "string"
          },
          {
            "name": "email",
            "type": "string"
          },
          {
            "name": "phone",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "E.164 when it can be."
          },
          {
            "name": "company",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "title",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "notes",
            "type": [
              "null",
              "string"
            ],
            "default": null
          },
          {
            "name": "address",
            "type": [
              "null",
              {
                "type": "record",
                "name": "Address",
                "fields": [
                  {
                    "name": "street",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "city",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "state",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "zipCode",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  },
                  {
                    "name": "country",
                    "type": [
                      "null",
                      "string"
                    ],
                    "default": null
                  }
                ]
              }
            ],
            "default": null
          },
          {
            "name": "status",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "active, inactive or lead."
          },
          {
            "name": "tags",
            "type": {
              "type": "array",
              "items": "string"
            }
          },
          {
            "name": "customFields",
            "type": {
              "type": "map",
              "values": [
                "string",
                "double",
                "boolean"
              ]
            }
          },
          {
            "name": "source",
            "type": "string",
            "doc": "acmecrm or api: where the contact was born."
          },
          {
            "name": "sourceId",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "The contact's id in its source."
          },
          {
            "name": "createdAt",
            "type": "string",
            "doc": "RFC 3339."
          },
          {
            "name": "updatedAt",
            "type": "string",
            "doc": "RFC 3339."
          },
          {
            "name": "deletedAt",
            "type": [
              "null",
              "string"
            ],
            "default": null,
            "doc": "RFC 3339; set exactly when the contact is deleted."
          },
          {
            "name": "version",
            "type": "long",
            "doc": "Ours: 1 and up, +1 with each change."
          }
        ]
      }
    },
    {
      "name": "erased",
      "type": "boolean",
      "default": false,
      "doc": "The contact was erased for good: whoever keeps personal data of it deletes them, its data here are empty, and no further event of it follows until an admin lifts the block."
    }
  ]
};
