/**
 * Whether a text has at most `max` characters, counted as the domain's schemas count them: in code points. Constant
 * time for texts that are far too long, else linear.
 */
export const fitsLength = (text: string, max: number): boolean => {
  if (text.length <= max) return true;
  if (text.length > 2 * max) return false;
  let points = 0;
  for (const _ of text) points += 1;
  return points <= max;
};
