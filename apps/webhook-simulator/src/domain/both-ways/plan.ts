import type { AcmeConduct } from '@contact-sync/api-contracts';

/** Fields that people on both sides change; each is one member of AcmeCRM's record. */
export const sharedFields = {
  firstName: 'acme_first_name',
  company: 'acme_company',
  title: 'acme_title',
  notes: 'acme_notes',
  phone: 'acme_phone',
} as const;
export type SharedField = keyof typeof sharedFields;

/** In AcmeCRM, or here through the public API. */
export type Side = 'there' | 'here';

/** Something that a person does to a contact, `at` ms after the begin. */
export type Step = { readonly at: number /** Its place in the plan. */; readonly contact: number } & (
  | { readonly kind: 'edit'; readonly side: Side; readonly field: SharedField; readonly value: string }
  | { readonly kind: 'delete'; readonly side: 'there' }
);

/** A contact that people on one side make. */
export type PlannedContact = {
  readonly bornAt: number;
  readonly born: Side;
  /** Members of AcmeCRM's record, or of a contact here. */
  readonly members: Readonly<Record<string, unknown>>;
};

/** What people on both sides do, and how AcmeCRM behaves meanwhile. Steps stand in the order in which they are due. */
export type BothWaysPlan = {
  readonly contacts: readonly PlannedContact[];
  readonly steps: readonly Step[];
  readonly conduct: AcmeConduct;
};
