import type { RawHeaders } from '@contact-sync/kafka';

/** A header as text, of a name that stands more than once the last; absent where it is null or longer than that. */
export const headerText = (headers: RawHeaders, name: string, maxBytes = 512): string | undefined => {
  const last = [headers[name]].flat().at(-1);
  return last === undefined || last === null || last.length > maxBytes ? undefined : String(last);
};
