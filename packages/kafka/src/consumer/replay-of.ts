import { originHeaders, ownHeaderNames, replayHeaders, retryHeaders } from '../contracts/record-headers.ts';
import type { RetryLadder } from '../contracts/topic-names.ts';
import type { RawHeaders, RawRecord } from '../producer/outgoing.ts';
import type { ReplayMark } from './outcome-recorder.ts';

/** A dead letter as it stands on its topic. */
export type LetterRecord = Pick<RawRecord, 'key' | 'value' | 'headers'>;

const kept: ReadonlySet<string> = new Set(Object.values(originHeaders));

/** What came with the record at first, and where it stood. */
const carried = (headers: RawHeaders): RawHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept.has(name) || !ownHeaderNames.has(name)));

/**
 * A dead letter as a record of the ladder's first tier, due at once: its attempts count anew, its place among letters
 * stays. `replay.count` is one more than the letter's own. Records of one key keep the order in which they are sent.
 */
export const replayOf = (
  letter: LetterRecord,
  {
    ladder,
    replay,
    now,
  }: { readonly ladder: RetryLadder; readonly replay: ReplayMark; readonly now: number },
): RawRecord => ({
  topic: ladder.tiers[0].topic,
  key: letter.key,
  value: letter.value,
  headers: {
    ...carried(letter.headers),
    [retryHeaders.dueAt]: String(now),
    [replayHeaders.id]: replay.id,
    [replayHeaders.count]: String(replay.count),
  },
});
