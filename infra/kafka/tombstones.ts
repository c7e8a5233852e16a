import type { TopicFile } from './topic-file.ts';
import { durationText } from './units.ts';

type Kept = { readonly name: string; readonly config: Readonly<Record<string, string>> };

const retentionMs = ({ config }: Kept): number => {
  const ms = Number(config['retention.ms']);
  // Kafka's -1: for ever.
  return ms < 0 ? Number.POSITIVE_INFINITY : ms;
};

/**
 * What deleted contacts would not outlive (design section 2, "Topics"): one text for each retention or window that is
 * as long as tombstones are kept, or longer. `kept` is what the topics really have.
 */
export const tombstoneFaults = (
  { tombstonesMs, windows }: Pick<TopicFile, 'tombstonesMs' | 'windows'>,
  kept: readonly Kept[],
): string[] => {
  const spans = [
    ...kept.map((topic) => ({ name: `retention of ${topic.name}`, ms: retentionMs(topic) })),
    ...windows.map(({ name, ms }) => ({ name: `window: ${name}`, ms })),
  ];
  return spans
    .filter(({ ms }) => ms >= tombstonesMs)
    .map(
      ({ name, ms }) =>
        `${name} is ${Number.isFinite(ms) ? durationText(ms) : 'without end'}, tombstones stay ${durationText(tombstonesMs)}`,
    );
};
