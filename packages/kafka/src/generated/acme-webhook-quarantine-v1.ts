// Generated from schemas/acme.webhook.quarantine.v1.avsc by generate.ts. Do not edit.

type AcmeWebhookQuarantineV1Fault = {
  /** JSON pointer (RFC 6901) into the body. */
  pointer: string;
  /** What is wrong there, without the value. */
  detail: string;
  code: null | string;
};

/** A signed delivery, or one item of it, that we refused for good. */
export type AcmeWebhookQuarantineV1 = {
  /** Our id of this entry; also the key of the record. */
  quarantineId: string;
  /** RFC 3339. */
  receivedAt: string;
  /** The source whose signature it carried, for example acmecrm. */
  source: string;
  /** A stable error code. */
  reason: string;
  errors: AcmeWebhookQuarantineV1Fault[];
  /** The raw bytes as received: the whole body, or those of the one item. */
  body: Buffer;
  /** Which item of the delivered array; null: the whole delivery. */
  itemIndex: null | number;
  /** The id that the event gave itself, where one could be read. */
  eventId: null | string;
  /** Which secret verified the signature. */
  secretId: null | string;
  /** The headers of the delivery that we keep (an allow-list), names in lower case. */
  headers: { [name: string]: string };
};

/** The schema of acme.webhook.quarantine.v1 as it is registered. */
export const acmeWebhookQuarantineV1Schema = {
  "type": "record",
  "name": "Quarantine",
  "namespace": "acme.webhook",
  "doc": "A signed delivery, or one item of it, that we refused for good.",
  "fields": [
    {
      "name": "quarantineId",
      "type": "string",
      "doc": "Our id of this entry; also the key of the record."
    },
    {
      "name": "receivedAt",
      "type": "string",
      "doc": "RFC 3339."
    },
    {
      "name": "source",
      "type": "string",
      "doc": "The source whose signature it carried, for example acmecrm."
    },
    {
      "name": "reason",
      "type": "string",
      "doc": "A stable error code."
    },
    {
      "name": "errors",
      "type": {
        "type": "array",
        "items": {
          "type": "record",
          "name": "Fault",
          "fields": [
            {
              "name": "pointer",
              "type": "string",
              "doc": "JSON pointer (RFC 6901) into the body."
            },
            {
              "name": "detail",
              "type": "string",
              "doc": "What is wrong there, without the value."
            },
            {
              "name": "code",
              "type": [
                "null",
                "string"
              ],
              "default": null
            }
          ]
        }
      }
    },
    {
      "name": "body",
      "type": "bytes",
      "doc": "The raw bytes as received: the whole body, or those of the one item."
    },
    {
      "name": "itemIndex",
      "type": [
        "null",
        "int"
      ],
      "default": null,
      "doc": "Which item of the delivered array; null: the whole delivery."
    },
    {
      "name": "eventId",
      "type": [
        "null",
        "string"
      ],
      "default": null,
      "doc": "The id that the event gave itself, where one could be read."
    },
    {
      "name": "secretId",
      "type": [
        "null",
        "string"
      ],
      "default": null,
      "doc": "Which secret verified the signature."
    },
    {
      "name": "headers",
      "type": {
        "type": "map",
        "values": "string"
      },
      "doc": "The headers of the delivery that we keep (an allow-list), names in lower case."
    }
  ]
};
