/** Whether a text is JSON, or may yet become JSON when more follows. The engine's messages tell. */
const mayGoOn = (start: string): boolean => {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    const message = String((error as Error).message);
    if (/^(?:Unexpected end|Unterminated)/.test(message)) return true;
    return Number(/at position (\d+)/.exec(message)?.[1]) === start.length;
  }
};

/**
 * Where a text that is no JSON stops being it, as line and column from 1. The engine tells that only now and then, and
 * with a piece of the text.
 */
export const jsonBreak = (text: string): { readonly line: number; readonly column: number } => {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const lines = text.slice(0, good).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};
