import type { IncomingHttpHeaders } from 'node:http';
import { connectionNames } from './connection-names.ts';

const kept = [
  'access-control-allow-credentials',
  'access-control-allow-origin',
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
  for (const name of [...kept, ...connectionNames(headers)]) delete passed[name];
  return passed;
};
