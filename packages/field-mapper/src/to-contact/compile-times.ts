import { dateGate } from '../gates/date-gate.ts';
import type { Field } from './address-field.ts';
import type { FilledFields } from './filled-fields.ts';

/**
 * Compiles the judging of both times, which a contact's fields do not hold. What it returns is that of the creation, as
 * it came.
 */
export const compileTimes = ({ whole }: FilledFields): Field<string | null> => {
  const [created, updated] = [whole('createdAt'), whole('updatedAt')];
  const [createdGate, updatedGate] = [dateGate(created.pointer), dateGate(updated.pointer)];
  return (record, problems) => {
    const createdAt = createdGate(created.pull(record, problems), problems);
    const updatedAt = updated.pull(record, problems);
    // In a contact's first event both are the same, and judging a time costs more than anything else here.
    if (createdAt === null || updatedAt !== createdAt) updatedGate(updatedAt, problems);
    return createdAt;
  };
};
