import type { IncomingHttpHeaders } from 'node:http';

/** The headers that a message's `Connection` header makes hop by hop (RFC 9110 section 7.6.1), in lower case. */
export const connectionNames = ({ connection }: IncomingHttpHeaders): readonly string[] =>
  connection?.split(',').map((name) => name.trim().toLowerCase()) ?? [];
