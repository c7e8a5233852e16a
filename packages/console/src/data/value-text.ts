/** A field's value in one line; nothing for what is empty. */
export const valueText = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .flatMap(([name, part]) => (valueText(part) === '' ? [] : [`${name}: ${valueText(part)}`]))
      .join(', ');
  return String(value);
};

/** Whether two values are the same to a reader: empty in any way is empty, and the order of members says nothing. */
export const isSameValue = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

const canonical = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value.map(canonical));
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .map(([name, part]) => [name, canonical(part)])
    .filter(([, text]) => text !== '')
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return members.length === 0 ? '' : JSON.stringify(members);
};
