import type { FieldChange } from '@contact-sync/domain';
import type { RemapOutcome } from '../domain/remap-tally.ts';

/** What moved in one contact; values only where they were asked for. */
export type Example = {
  readonly id: string;
  readonly changes: readonly (Pick<FieldChange, 'field'> & Partial<FieldChange>)[];
};

/** Why one contact is not under the mapping. */
export type Failure = { readonly id: string; readonly code: string; readonly pointer?: string };

const kept = { examples: 5, failures: 1_000 };

/** The first few of what a run met, for its report. */
export const createExamples = (options: { readonly showValues: boolean }) => {
  const examples: Example[] = [];
  const failures: Failure[] = [];
  return {
    examples: examples as readonly Example[],
    failures: failures as readonly Failure[],
    /** The failure, if it is one. */
    add: (id: string, outcome: RemapOutcome): Failure | undefined => {
      if (outcome.kind === 'remapped' && examples.length < kept.examples) {
        const { changes } = outcome.history;
        examples.push({
          id,
          changes: options.showValues ? changes : changes.map(({ field }) => ({ field })),
        });
      }
      if (outcome.kind !== 'fault' && outcome.kind !== 'conflict') return undefined;
      const failure =
        outcome.kind === 'fault'
          ? { id, code: outcome.code, pointer: outcome.pointer }
          : { id, code: 'CONFLICT' };
      if (failures.length < kept.failures) failures.push(failure);
      return failure;
    },
  };
};
