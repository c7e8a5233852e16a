import { type logCreator as KafkajsLogCreator, type LogEntry, logLevel } from 'kafkajs';
import type { Logger } from '../logger.ts';

/** Told again and again while a broker is away; our own producer and consumer tell the state, once. */
const noise: readonly RegExp[] = [
  /rebalancing, re-joining/,
  /not aware of this member/,
  /^Failed to connect to (seed )?broker/,
  /^SASL .* authentication failed/,
  /^Limiting retries for the idempotent producer/,
  /^Crash: /,
  /^Restarting the consumer in /,
];

const isRetried = ({ log }: LogEntry) => 'retryTime' in log || 'retryCount' in log;

const isNoise = (entry: LogEntry): boolean =>
  isRetried(entry) ||
  entry.namespace === 'Connection' ||
  noise.some((pattern) => pattern.test(entry.log.message));

const levelOf = (entry: LogEntry): keyof Logger => {
  if (entry.level === logLevel.INFO || entry.level === logLevel.DEBUG || isNoise(entry)) return 'debug';
  return entry.level === logLevel.WARN ? 'warn' : 'error';
};

/** Writes what kafkajs has to say to our logger, what it tries again at debug. */
export const createLogCreator =
  (logger: Logger): KafkajsLogCreator =>
  () =>
  (entry) => {
    const { message, logger: _library, timestamp: _timestamp, ...fields } = entry.log;
    logger[levelOf(entry)]({ ...fields, component: `kafkajs ${entry.namespace}` }, message);
  };
