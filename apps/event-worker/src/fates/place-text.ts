import type { Place } from './fate-record.ts';

/** A place in Kafka as one word: `topic/partition/offset`. Of a record's origin it is the id among dead letters (design rule 9). */
export const toPlaceText = ({ topic, partition, offset }: Place): string => `${topic}/${partition}/${offset}`;

/** The way back; topics hold no slash. */
export const fromPlaceText = (text: string): Place => {
  const [topic = '', partition = '', offset = ''] = text.split('/');
  return { topic, partition: Number(partition), offset };
};
