import type { AcmeRecord } from '@contact-sync/domain';
import { parseAddress, toE164 } from '@contact-sync/field-mapper';
import jsonata from 'jsonata';

const text = `(
  $recoverable := ["acme_first_name", "acme_last_name", "acme_email", "acme_company", "acme_title", "acme_notes",
    "acme_status", "acme_tags", "acme_custom_fields"];
  {
    "contact": {
      "firstName": acme_first_name,
      "lastName": acme_last_name,
      "email": acme_email,
      "phone": acme_phone ? $e164(acme_phone) : null,
      "company": acme_company ? acme_company : null,
      "title": acme_title ? acme_title : null,
      "notes": acme_notes ? acme_notes : null,
      "address": acme_address ? $address(acme_address) : null,
      "status": acme_status ? $lookup({ "Active": "active", "Inactive": "inactive", "Lead": "lead" }, acme_status) : null,
      "tags": $type(acme_tags) = "array" ? acme_tags : [],
      "customFields": acme_custom_fields ? acme_custom_fields : {}
    },
    "residue": $sift(function($value, $member) {
      ($value != null and $not($member in $recoverable))
        or ($member = "acme_tags" and $type($value) = "array" and $count($value) = 0)
    }),
    "problems": []
  }
)`;

/** The built-in mapping as a JSONata expression; phone and address by the mapper's own functions. */
export const compileJsonata = (): ((record: AcmeRecord) => Promise<unknown>) => {
  const expression = jsonata(text);
  expression.registerFunction('e164', (phone: string) => toE164(phone, 'US') ?? phone, '<s:s>');
  expression.registerFunction('address', parseAddress, '<s:o>');
  return (record) => expression.evaluate(record);
};
