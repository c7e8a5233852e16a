import { limits } from '@contact-sync/domain';
import { type Problems, report } from '../problem.ts';
import { failed } from '../pull.ts';
import { fitsLength } from '../text-length.ts';
import { type Gate, isNothing } from './gate.ts';

/** Everything but the text that surely fits: out of line, so that the hot path stays small. */
const oddText = (value: unknown, pointer: string, maxLength: number, problems: Problems): string | null => {
  if (isNothing(value)) return null;
  if (typeof value !== 'string') report(problems, pointer, 'WRONG_TYPE', value);
  else if (fitsLength(value, maxLength)) return value;
  else report(problems, pointer, 'TOO_LONG', value);
  return null;
};

/** A text that may be empty. */
export const textGate =
  (pointer: string, maxLength: number): Gate<string | null> =>
  (value, problems) =>
    typeof value === 'string' && value.length <= maxLength
      ? value
      : oddText(value, pointer, maxLength, problems);

const oddRequired = (value: unknown, pointer: string, maxLength: number, problems: Problems): string => {
  if (value === failed || (value !== '' && !isNothing(value)))
    return oddText(value, pointer, maxLength, problems) ?? '';
  report(problems, pointer, 'REQUIRED', value);
  return '';
};

/** A text that must be there. */
export const requiredGate =
  (pointer: string, maxLength: number): Gate<string> =>
  (value, problems) =>
    typeof value === 'string' && value !== '' && value.length <= maxLength
      ? value
      : oddRequired(value, pointer, maxLength, problems);

const emailShape = /^[^\s@]+@[^\s@]+$/;

/** The shape that the domain's schema asks of an e-mail address. */
export const emailGate = (pointer: string): Gate<string> => {
  const required = requiredGate(pointer, limits.emailLength);
  return (value, problems) => {
    const text = required(value, problems);
    if (text !== '' && !emailShape.test(text)) report(problems, pointer, 'INVALID_FORMAT', text);
    return text;
  };
};

/** One of a few texts. */
export const choiceGate = <Choice extends string>(
  pointer: string,
  choices: readonly Choice[],
): Gate<Choice | null> => {
  return (value, problems) => {
    // Comparing texts with texts only is what the engine is fast at.
    if (typeof value === 'string') for (const choice of choices) if (choice === value) return choice;
    if (!isNothing(value))
      report(problems, pointer, typeof value === 'string' ? 'NOT_ALLOWED' : 'WRONG_TYPE', value);
    return null;
  };
};
