// run.mjs: has the simulator play AcmeCRM and prints its verdict.
import { setTimeout as pause } from 'node:timers/promises';
import { GATEWAY, login } from './api.mjs';

const options = {
  contacts: 100,
  events: 540,
  ratePerSecond: 100,
  duplicates: 0.1,
  reorderWindow: 30,
  deletes: 5,
  deleteBeforeCreate: 4,
  revives: 4,
  badSignatures: 1,
  malformed: 1,
};
const headers = { ...(await login()), 'content-type': 'application/json' };
const answer = await fetch(`${GATEWAY}/api/v1/simulator/runs`, {
  method: 'POST',
  headers,
  body: JSON.stringify(options),
});
if (!answer.ok) throw new Error(`no run: ${answer.status} ${await answer.text()}`);
const { id } = await answer.json();
for (;;) {
  const run = await (await fetch(`${GATEWAY}/api/v1/simulator/runs/${id}`, { headers })).json();
  if (run.state === 'done' || run.state === 'failed') {
    console.log(JSON.stringify(run.verdict ?? run));
    break;
  }
  await pause(500);
}
