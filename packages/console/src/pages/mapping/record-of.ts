/** A text read as a record of AcmeCRM, or why it is none. */
export type ReadRecord =
  | { readonly record: Record<string, unknown>; readonly fault?: undefined }
  | { readonly record?: undefined; readonly fault: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a record; of a webhook's event, or of a list of one, the record in it. */
export const recordOf = (text: string): ReadRecord => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'It is no JSON.' };
  }
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isObject(one)) return { fault: 'A record is a JSON object.' };
  return { record: isObject(one['data']) && 'event' in one ? one['data'] : one };
};
