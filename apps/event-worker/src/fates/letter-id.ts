import type { Place } from './fate-record.ts';

/** The id of a record among dead letters: where it stood first, as Kafka's own tools spell it. */
export const letterIdOf = ({ topic, partition, offset }: Place): string => `${topic}-${partition}-${offset}`;
