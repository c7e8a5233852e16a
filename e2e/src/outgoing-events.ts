import {
  createKafkaClient,
  createLogReader,
  integrationEventContracts,
  type LogPlace,
} from '@contact-sync/kafka';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const topics = integrationEventContracts.map(({ topic }) => topic);

/** What contact-service has told others, read under no group. */
export const openOutgoing = (brokers: string) => {
  const reader = createLogReader(
    createKafkaClient({ brokers: brokers.split(','), clientId: 'e2e', logger: silent }),
  );
  const ends = async (): Promise<LogPlace[]> =>
    (await reader.bounds(topics)).map(({ topic, partition, end }) => ({ topic, partition, offset: end }));

  return {
    /** Where each topic ends now. */
    ends,
    /** Keys, values and headers from there to where the topics end now, as one text. */
    textSince: async (places: readonly LogPlace[]): Promise<string> => {
      const last = await ends();
      const endOf = ({ topic, partition }: LogPlace) =>
        BigInt(last.find((end) => end.topic === topic && end.partition === partition)?.offset ?? 0);
      const behind = (all: readonly LogPlace[]) => all.filter((place) => BigInt(place.offset) < endOf(place));
      const texts: string[] = [];
      for (let left = behind(places); left.length > 0; ) {
        const slices = await reader.read(left);
        for (const { key, value, headers } of slices.flatMap(({ records }) => records)) {
          texts.push(`${key} ${value} ${JSON.stringify(headers)}`);
        }
        left = behind(slices.map(({ topic, partition, next }) => ({ topic, partition, offset: next })));
      }
      return texts.join('\n');
    },
    close: () => reader.close(),
  };
};
