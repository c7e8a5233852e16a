import type { Decision, Entry, Letter } from './letter.ts';
import { isSamePlaceOrLater } from './place-order.ts';

/** What one record of a topic of letters tells. */
export type Fact =
  | { readonly kind: 'letter'; readonly letter: Letter }
  | { readonly kind: 'decision'; readonly id: string; readonly decision: Decision };

export const idOf = (fact: Fact): string => (fact.kind === 'letter' ? fact.letter.id : fact.id);

const laterLetter = (held: Letter | undefined, letter: Letter): Letter =>
  held === undefined || isSamePlaceOrLater(letter, held) ? letter : held;

/** Erasure is for good, whatever is decided later. */
const laterDecision = (held: Decision | undefined, decision: Decision): Decision =>
  held === undefined || (held.kind !== 'erased' && decision.at >= held.at) || decision.kind === 'erased'
    ? decision
    : held;

/** An entry after one more fact. In whatever order, and however often, the same facts come, they make the same entry. */
export const withFact = (held: Entry | undefined, fact: Fact): Entry => {
  if (fact.kind === 'letter') {
    return { ...held, id: fact.letter.id, letter: laterLetter(held?.letter, fact.letter) };
  }
  return { ...held, id: fact.id, decision: laterDecision(held?.decision, fact.decision) };
};
