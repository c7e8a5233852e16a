// load.mjs RATE: that many requests a second over all services, until a line comes on standard input; prints what failed.
import { createInterface } from 'node:readline';
import { GATEWAY, login, webhook } from './api.mjs';

const rate = Number(process.argv[2]);
const headers = await login();
const get = (path) => fetch(`${GATEWAY}${path}`, { headers });
const kinds = [
  () => get('/health'),
  () => get('/api/v1/contacts?limit=5'),
  () => get('/api/v1/auth/me'),
  () => get('/api/v1/simulator/runs?limit=1'),
  (index) => webhook(`load-${index % 20}`, index + 1),
];
const failed = {};
const underWay = new Set();
let sent = 0;
const send = async (index) => {
  let outcome;
  try {
    const response = await kinds[index % kinds.length](index);
    await response.arrayBuffer();
    outcome = response.ok ? undefined : String(response.status);
  } catch (error) {
    outcome = error.cause?.code ?? error.message;
  }
  if (outcome === undefined) return;
  const key = `${index % kinds.length} ${outcome}`;
  failed[key] = (failed[key] ?? 0) + 1;
};
const begin = performance.now();
const timer = setInterval(() => {
  // What the clock asks for, also where a tick came late.
  for (const due = Math.floor(((performance.now() - begin) / 1_000) * rate); sent < due; sent += 1) {
    const request = send(sent);
    underWay.add(request);
    request.finally(() => underWay.delete(request));
  }
}, 10);
console.log('started');
for await (const _line of createInterface({ input: process.stdin })) break;
clearInterval(timer);
await Promise.all(underWay);
const seconds = Math.round((performance.now() - begin) / 1_000);
console.log(JSON.stringify({ sent, seconds, failed }));
process.exit(0);
