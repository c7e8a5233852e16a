import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from '@contact-sync/testing/ports.ts';
import { LaunchError } from '../launch-error.ts';
import { lastLines } from '../run/log-tail.ts';
import type { Run } from '../run/run.ts';
import { type ServerProcess, startServer } from '../run/server-process.ts';
import { runTool } from '../run/tool.ts';
import { kafkaClusterId } from './kafka-answer.ts';
import { brokerProperties, newClusterId } from './kafka-settings.ts';
import { serverFolder } from './server-folder.ts';
import type { Place, StartOptions } from './start-options.ts';
import { repeatedOnTakenPort } from './taken-port.ts';

const READY_WITHIN_MS = 180_000;
const MEMORY = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:-UsePerfData'];
// Two fifths of the processor time of a start go into optimising code that most of our brokers run for a minute or two.
const SOON = ['-XX:TieredStopAtLevel=1'];

/** Starts one Kafka that is broker and controller (KRaft) from the jars in `files`/kafka. */
export async function startKafka(
  run: Run,
  java: string,
  files: string,
  { preferredPort, keptFolder, optimised }: Place & Pick<StartOptions, 'optimised'>,
): Promise<ServerProcess> {
  const folder = await serverFolder(run, 'kafka', keptFolder);
  const classPath = ['-cp', join(files, 'kafka', '*')];
  const settings = join(folder, 'server.properties');
  const dataFolder = join(folder, 'data');
  const keptId = await formattedClusterId(dataFolder);
  const clusterId = keptId ?? newClusterId();
  let formatted = keptId !== undefined;

  return repeatedOnTakenPort(preferredPort, async (preferred) => {
    const [port, controllerPort] = [await choosePort(preferred), await choosePort()];
    await writeFile(settings, brokerProperties({ port, controllerPort, dataFolder }));
    if (!formatted) await format(run, java, [...classPath, ...FORMAT, '-t', clusterId, '-c', settings]);
    formatted = true;
    return startServer(run, {
      name: 'kafka',
      port,
      command: java,
      parameters: [...MEMORY, ...(optimised ? [] : SOON), ...classPath, 'kafka.Kafka', settings],
      cwd: folder,
      readyWithinMs: READY_WITHIN_MS,
      async ready() {
        const answering = await kafkaClusterId('127.0.0.1', port);
        if (answering !== clusterId) throw new Error(`another cluster answers on port ${port}`);
      },
    });
  });
}

/** The cluster that a data folder belongs to; undefined where there is none yet. */
async function formattedClusterId(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, 'meta.properties'), 'utf8').catch(() => '');
  return /^cluster\.id=(.+)$/m.exec(text)?.[1];
}

const FORMAT = ['-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', 'kafka.tools.StorageTool', 'format'];

async function format(run: Run, java: string, parameters: readonly string[]): Promise<void> {
  const { exitCode, output } = await runTool(run, java, parameters);
  if (exitCode !== 0)
    throw new LaunchError(`Kafka's data folder could not be made:\n${lastLines(output, 15)}`);
}
