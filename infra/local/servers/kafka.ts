import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';
import { lastLines } from '../run/log-tail.ts';
import { choosePort } from '../run/ports.ts';
import type { Run } from '../run/run.ts';
import { type ServerProcess, startServer } from '../run/server-process.ts';
import { runTool } from '../run/tool.ts';
import { kafkaClusterId } from './kafka-answer.ts';
import { brokerProperties, newClusterId } from './kafka-settings.ts';
import { repeatedOnTakenPort } from './taken-port.ts';

const READY_WITHIN_MS = 180_000;
const MEMORY = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:-UsePerfData'];

/** Starts one Kafka that is broker and controller (KRaft) from the jars in `files`/kafka. */
export async function startKafka(
  run: Run,
  java: string,
  files: string,
  preferredPort?: number,
): Promise<ServerProcess> {
  const folder = await mkdtemp(join(run.folder, 'kafka-'));
  const classPath = ['-cp', join(files, 'kafka', '*')];
  const settings = join(folder, 'server.properties');
  const clusterId = newClusterId();
  let formatted = false;

  return repeatedOnTakenPort(preferredPort, async (preferred) => {
    const [port, controllerPort] = [await choosePort(preferred), await choosePort()];
    await writeFile(settings, brokerProperties({ port, controllerPort, dataFolder: join(folder, 'data') }));
    if (!formatted) await format(run, java, [...classPath, ...FORMAT, '-t', clusterId, '-c', settings]);
    formatted = true;
    return startServer(run, {
      name: 'kafka',
      port,
      command: java,
      parameters: [...MEMORY, ...classPath, 'kafka.Kafka', settings],
      cwd: folder,
      readyWithinMs: READY_WITHIN_MS,
      async ready() {
        const answering = await kafkaClusterId('127.0.0.1', port);
        if (answering !== clusterId) throw new Error(`another cluster answers on port ${port}`);
      },
    });
  });
}

const FORMAT = ['-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', 'kafka.tools.StorageTool', 'format'];

async function format(run: Run, java: string, parameters: readonly string[]): Promise<void> {
  const { exitCode, output } = await runTool(run, java, parameters);
  if (exitCode !== 0)
    throw new LaunchError(`Kafka's data folder could not be made:\n${lastLines(output, 15)}`);
}
