export { parseAddress } from './address/parse-address.ts';
export { compileMapping, loadMapping, type MappingOptions } from './compile-mapping.ts';
export type {
  CompiledMapping,
  EffectiveDefinition,
  Loss,
  LossReason,
  MappedRecord,
  MappingPreview,
} from './compiled-mapping.ts';
export { builtInMapping } from './definition/built-in-mapping.ts';
export {
  type DefinitionFault,
  type DefinitionFaultCode,
  InvalidMapping,
} from './definition/definition-fault.ts';
export type { FieldPair, MappingDefinition, Transform } from './definition/field-pair.ts';
export { MappingFile } from './definition/mapping-file.ts';
export { type DefinitionDifference, definitionDifference } from './definition-difference.ts';
export { toE164, toPhone } from './phone.ts';
export type { ProblemCode } from './problem.ts';
export type { OutgoingRecord } from './to-acme/compile-record.ts';
export type { ContactInput } from './to-acme/contact-input.ts';
