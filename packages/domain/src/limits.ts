/** Field limits of both contact shapes and of a delivery (design section 2). Lengths are Unicode code points, as JSON Schema counts. */
const set = {
  nameLength: 100,
  emailLength: 320,
  phoneLength: 64,
  companyLength: 200,
  titleLength: 200,
  addressLength: 500,
  notesLength: 2_000,
  tags: 50,
  tagLength: 50,
  /** What one side may write; a contact that both sides have written to may have more (design rule 4). */
  customFields: 50,
  customFieldNameLength: 100,
  customFieldLength: 2_000,
  idLength: 128,
  eventsPerDelivery: 100,
  eventsPerApply: 200,
  writeBacksPerPlan: 200,
  mirrorsPerRequest: 500,
  bornHerePerPage: 200,
  deliveryBytes: 1_048_576,
  /** Objects and arrays within each other. AcmeCRM's own members nest three deep; unknown members may go deeper. */
  eventDepth: 32,
  /** Of a body of ours, which may hold events. */
  bodyDepth: 64,
  /** Answers to requests with an Idempotency-Key that are kept for one caller at most, the newest ones. */
  keptAnswers: 20_000,
  /** The longest body that is kept with an answer, in UTF-16 units. */
  keptBodyLength: 8_192,
} as const;

/** A surrogate pair in escapes, which some clients write for each code point that is not ASCII. */
const longestSpelling = 12;
const bytesOfPunctuation = 16;
const addressParts = 5;
const mebibyte = 1_048_576;

/** A contact of both sides at their limits, in the longest spelling, with the names of its members. */
const bytesOfContact = (): number => {
  const plain = [
    ...[set.nameLength, set.nameLength, set.emailLength, set.phoneLength, set.companyLength],
    ...[set.titleLength, set.notesLength, set.idLength, addressParts * set.addressLength],
  ];
  const plainTexts = plain.reduce((sum, length) => sum + length);
  const tags = set.tags * (set.tagLength + bytesOfPunctuation);
  const custom =
    2 * set.customFields * (set.customFieldNameLength + set.customFieldLength + bytesOfPunctuation);
  return longestSpelling * (plainTexts + tags + custom + plain.length * bytesOfPunctuation);
};

/** The limits, and what follows from them. */
export const limits = {
  ...set,
  /** What the API takes of a contact: whatever a GET gave can be sent back. Whole MiB. */
  contactBytes: Math.ceil(bytesOfContact() / mebibyte) * mebibyte,
} as const;
