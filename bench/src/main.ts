/** `npm run bench -- <name> [--json] [--scale <count>]`: measures one thing beside its ceiling. A goal that is missed is no fault. */
import { parseArgs } from 'node:util';
import { runCommand } from '@contact-sync/launcher/command.ts';
import { LaunchError } from '@contact-sync/launcher/launch-error.ts';
import { createProgress } from '@contact-sync/launcher/progress.ts';
import { benchApply } from './benches/apply.ts';
import { benchContacts } from './benches/contacts/contacts.ts';
import { benchGateway } from './benches/gateway.ts';
import { benchIngest } from './benches/ingest/ingest.ts';
import { benchMapper } from './benches/mapper/mapper.ts';
import { benchPath } from './benches/path.ts';
import { benchRead } from './benches/read.ts';
import { benchSessions } from './benches/sessions/sessions.ts';
import { benchWriteBack } from './benches/write-back.ts';
import type { Bench } from './harness/bench.ts';
import { machineLine, versions } from './harness/machine.ts';
import { type Report, reportText } from './harness/report.ts';

const benches: Readonly<Record<string, Bench>> = {
  ingest: benchIngest,
  read: benchRead,
  gateway: benchGateway,
  apply: benchApply,
  path: benchPath,
  contacts: benchContacts,
  mapper: benchMapper,
  sessions: benchSessions,
  'write-back': benchWriteBack,
};

const chosenBench = (name: string | undefined): [string, Bench] => {
  const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined;
  if (name !== undefined && bench !== undefined) return [name, bench];
  throw new LaunchError(name === undefined ? 'Which bench?' : `There is no bench "${name}".`, {
    remedy: `Usage: npm run bench -- <${Object.keys(benches).join('|')}> [--json] [--scale <count>]`,
  });
};

const scaleOf = (text: string | undefined): number | undefined => {
  if (text === undefined || /^[1-9]\d{0,8}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new LaunchError(`--scale ${text} is not a count.`, { remedy: 'Give a whole number, 1 or more.' });
};

await runCommand(async (cleanUp) => {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false }, scale: { type: 'string' } },
    allowPositionals: true,
  });
  const [name, bench] = chosenBench(positionals[0]);
  // Before anything is started: the load average as it was found, and the commit that is built.
  const found = { machine: machineLine(), versions: await versions() };
  const scale = scaleOf(values.scale);
  const findings = await bench({ cleanUp, progress: createProgress(), ...(scale && { scale }) });
  const report: Report = { bench: name, ...found, ...findings };
  console.log(reportText(report));
  if (values.json) console.log(JSON.stringify(report));
  return 0;
});
