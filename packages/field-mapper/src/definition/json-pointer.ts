/** The steps of a JSON pointer of one or two steps; null where it is not one. */
export const pointerSteps = (pointer: string): readonly [string] | readonly [string, string] | null => {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [first, second] = steps;
  if (steps.length > 2 || !first || second === '') return null;
  return second === undefined ? [first] : [first, second];
};
