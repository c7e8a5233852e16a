import type { KeptAnswer } from '../src/domain/idempotency.ts';
import type { ContactWrite } from '../src/ports.ts';

/** The answers that a store in memory keeps for repeats. */
export const createInMemoryAnswers = () => {
  const kept = new Map<string, KeptAnswer>();
  /** The contact that an answer tells of, by its scope. */
  const tellsOf = new Map<string, string>();
  return {
    among: async (_id: string, scopes: readonly string[]) =>
      new Map([...kept].filter(([scope]) => scopes.includes(scope))),
    hasAny: ({ answers = [] }: ContactWrite): boolean => answers.some(({ scope }) => kept.has(scope)),
    keep: ({ id, answers = [] }: ContactWrite): void => {
      for (const answer of answers) {
        kept.set(answer.scope, answer);
        tellsOf.set(answer.scope, id);
      }
    },
    forget: (id: string): void => {
      for (const [scope, of] of tellsOf) if (of === id) kept.delete(scope);
    },
  };
};
