import { randomBytes } from 'node:crypto';

/** What one broker of our own needs beyond its addresses, wherever it runs: one replica of everything, nothing made by itself. */
export const SINGLE_BROKER_SETTINGS: Readonly<Record<string, string>> = {
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  // Few partitions of Kafka's own topics and no wait for more members: the first group joins in a moment.
  'offsets.topic.num.partitions': '3',
  'transaction.state.log.num.partitions': '3',
  'group.initial.rebalance.delay.ms': '0',
  'auto.create.topics.enable': 'false',
};

/** The server.properties of a broker that is its own controller, on loopback only. */
export function brokerProperties(at: { port: number; controllerPort: number; dataFolder: string }): string {
  const listener = `PLAINTEXT://127.0.0.1:${at.port}`;
  const controller = `127.0.0.1:${at.controllerPort}`;
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    listeners: `${listener},CONTROLLER://${controller}`,
    'advertised.listeners': listener,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': at.dataFolder,
    ...SINGLE_BROKER_SETTINGS,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${escaped(value)}\n`)
    .join('');
}

/** A value as java.util.Properties reads it: a file in Latin-1, with the backslash as escape. */
function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A new id: 16 bytes in base64url, not beginning with `-`, which Kafka's tools would take for an option. */
export function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}
