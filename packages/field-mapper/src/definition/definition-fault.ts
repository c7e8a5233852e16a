/** What can be wrong with a mapping. */
export type DefinitionFaultCode =
  | 'INVALID_JSON'
  | 'INVALID_SHAPE'
  | 'INVALID_POINTER'
  | 'UNKNOWN_KEY'
  | 'UNKNOWN_ACME_FIELD'
  | 'UNKNOWN_CONTACT_FIELD'
  | 'UNKNOWN_COUNTRY'
  | 'READ_ONLY'
  | 'WRONG_NUMBER_OF_FIELDS'
  | 'WRONG_DIRECTION'
  | 'WRONG_TRANSFORM'
  | 'WRONG_VALUE'
  | 'NOT_LOSSLESS'
  | 'DUPLICATE_TARGET'
  | 'MIXED_OWNERS'
  | 'REQUIRED_UNMAPPED';

/** One fault: `pointer` is its place in the file or definition. */
export type DefinitionFault = {
  readonly pointer: string;
  readonly code: DefinitionFaultCode;
  readonly detail: string;
};

/** Thrown for a mapping that cannot be used, with every fault found. Its message is one line a fault. */
export class InvalidMapping extends Error {
  override readonly name = 'InvalidMapping';
  readonly faults: readonly DefinitionFault[];

  constructor(faults: readonly DefinitionFault[]) {
    const lines = faults.map((fault) => `  ${fault.pointer || '(whole)'}: ${fault.code}: ${fault.detail}`);
    super(`The mapping has ${faults.length} fault(s):\n${lines.join('\n')}`);
    this.faults = faults;
  }
}
