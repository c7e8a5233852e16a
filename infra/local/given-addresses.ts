import { ADDRESS_SETTING, type ServerName } from './addresses.ts';
import { LaunchError, reasonOf } from './launch-error.ts';
import { eventually } from './run/eventually.ts';
import { answersOk } from './servers/http-answer.ts';
import { kafkaClusterId } from './servers/kafka-answer.ts';
import { redisAnswers } from './servers/redis-answer.ts';

type Given = Partial<Record<ServerName, string>>;

const REACHABLE_WITHIN_MS = 5_000;

/** The addresses that the environment gives for the wanted servers; an empty one counts as not given. */
export function givenAddresses(environment: NodeJS.ProcessEnv, wanted: readonly ServerName[]): Given {
  const given: Given = {};
  for (const name of wanted) {
    const address = environment[ADDRESS_SETTING[name]]?.trim();
    if (address) given[name] = address;
  }
  return given;
}

/** Rejects with a LaunchError that names the setting when a server does not answer well where it is said to be. */
export async function checkReachable(given: Given, withinMs = REACHABLE_WITHIN_MS): Promise<void> {
  await Promise.all(
    Object.entries(given).map(async ([name, address]) => {
      const server = name as ServerName;
      try {
        await eventually(() => probes[server](address), { withinMs, everyMs: 250 });
      } catch (error) {
        const setting = ADDRESS_SETTING[server];
        throw new LaunchError(
          `${setting} is set, but that server cannot be used: ${withoutPassword(address)}: ${reasonOf(error)}`,
          {
            remedy: `Start that server, correct ${setting}, or unset it to have one started here.`,
            cause: error,
          },
        );
      }
    }),
  );
}

const probes: Record<ServerName, (address: string) => Promise<unknown>> = {
  kafka: (brokers) => Promise.any(brokers.split(',').map((broker) => brokerAnswers(broker.trim()))),
  registry: (url) => answersOk(`${url.replace(/\/$/, '')}/subjects`),
  redis: (url) => redisAnswers(url),
};

async function brokerAnswers(broker: string): Promise<void> {
  const { hostname, port } = new URL(`kafka://${broker}`);
  if (port === '') throw new Error(`${broker} has no port`);
  await kafkaClusterId(hostname, Number(port));
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//***@');
}
