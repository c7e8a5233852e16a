/** Field limits of both contact shapes and of a delivery (design section 2). Lengths are Unicode code points, as JSON Schema counts. */
export const limits = {
  nameLength: 100,
  emailLength: 320,
  phoneLength: 64,
  companyLength: 200,
  titleLength: 200,
  addressLength: 500,
  notesLength: 2_000,
  tags: 50,
  tagLength: 50,
  customFields: 50,
  customFieldNameLength: 100,
  customFieldLength: 2_000,
  idLength: 128,
  eventsPerDelivery: 100,
  eventsPerApply: 200,
  deliveryBytes: 1_048_576,
  /** Objects and arrays within each other. AcmeCRM's own members nest three deep; unknown members may go deeper. */
  eventDepth: 32,
  /** Of a body of ours, which may hold events. */
  bodyDepth: 64,
} as const;
