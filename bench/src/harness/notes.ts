import { strangers } from './figures.ts';
import { quantile } from './statistics.ts';
import type { Turn } from './turn.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const ratioNote =
  'Value and ceiling are medians over the rounds; the ratio is the median of the ratios within each round, so it need not be one divided by the other.';

/** Figures of a machine that others use are for ratios only. */
const fewStrangers = 0.1;

const strangersNote = (turns: readonly Turn[]): string => {
  const share = strangers(turns);
  if (share === undefined) return 'How busy the machine was with other things is not known on this system.';
  const text = `Processes that are no part of this took up to ${percent(share)} of the machine during a turn`;
  return share > fewStrangers ? `${text}: ratios may hold, absolute values do not.` : `${text}.`;
};

const busyLoad = 0.9;

const loadNote = (turns: Readonly<Record<string, readonly Turn[]>>): string[] => {
  const limited = Object.entries(turns).filter(([, taken]) =>
    taken.some((turn) => (turn.cpuMicros['load'] ?? 0) * (turn.operations / turn.seconds) > busyLoad * 1e6),
  );
  if (limited.length === 0) return [];
  const names = limited.map(([name]) => name).join(', ');
  return [
    `The load process had a core to itself and was at its limit with: ${names}. These may be faster than shown.`,
  ];
};

const lateNote = (turns: readonly Turn[]): string[] => {
  const late = turns.flatMap(({ lateMs = [] }) => lateMs);
  if (late.length === 0) return [];
  const p99 = quantile(late, 0.99).toFixed(1);
  return [
    `At a steady rate 99 % of the sends began at most ${p99} ms late; times count from the actual send.`,
  ];
};

/** What the turns themselves say about how far they can be trusted. */
export const trustNotes = (turns: Readonly<Record<string, readonly Turn[]>>): string[] => {
  const all = Object.values(turns).flat();
  return [ratioNote, strangersNote(all), ...loadNote(turns), ...lateNote(all)];
};
