import type { IncomingHttpHeaders } from 'node:http';

const kept = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'server',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-powered-by',
  'x-request-id',
];

/** The headers of a service's answer that go on to the client: without hop-by-hop ones and marks of the inside. */
export const toClientHeaders = (headers: IncomingHttpHeaders): IncomingHttpHeaders => {
  const passed = { ...headers };
  const named = headers.connection?.toLowerCase().split(',') ?? [];
  for (const name of [...kept, ...named]) delete passed[name.trim()];
  return passed;
};
