declare module 'parse-address' {
  /** Parts of a US street address that starts with a house number; null where it finds none. */
  export function parseAddress(text: string): { readonly [part: string]: string } | null;
}
