import type { Origin } from '@contact-sync/kafka';

/** The id of a record among letters: where it stood first, as Kafka's own tools spell it. */
export const letterIdOf = ({
  topic,
  partition,
  offset,
}: Pick<Origin, 'topic' | 'partition' | 'offset'>): string => `${topic}-${partition}-${offset}`;
