/** Settings under which an acknowledged record outlives any one copy, of a topic with that many. */
export const durable = (replicas: number) => ({
  'min.insync.replicas': String(Math.max(1, replicas - 1)),
  'unclean.leader.election.enable': 'false',
});

/** What of a topic's durability is not as declared and cannot be changed here, one text each. */
export const durabilityFaults = (
  replicas: number,
  declared: number,
  config: Readonly<Record<string, string>>,
): string[] => {
  const inSync = Number(config['min.insync.replicas']);
  return [
    // Kafka moves copies by a plan for each partition, so that is left to whoever runs it.
    ...(replicas < declared
      ? [`replication ${replicas} kept (declared ${declared}): reassign its partitions`]
      : []),
    ...(replicas > 1 && inSync >= replicas
      ? [`min.insync.replicas ${inSync} of ${replicas} copies: takes nothing while one is away`]
      : []),
  ];
};
