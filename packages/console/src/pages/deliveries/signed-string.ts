/** What is signed of an attempt as it ought to be made: its time in Unix seconds, a full stop, the body as it is sent. */
export const signedString = (at: string, body: string): string =>
  `${Math.floor(Date.parse(at) / 1_000)}.${body}`;
