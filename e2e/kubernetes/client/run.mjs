// run.mjs REQUEST: has the simulator play AcmeCRM so (JSON) and prints its verdict.
import { setTimeout as pause } from 'node:timers/promises';
import { GATEWAY, login } from './api.mjs';

const headers = { ...(await login()), 'content-type': 'application/json' };
const answer = await fetch(`${GATEWAY}/api/v1/simulator/runs`, {
  method: 'POST',
  headers,
  body: process.argv[2],
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
