import { availableParallelism } from 'node:os';
import type { Pids } from './process-usage.ts';
import { measureTurn, type Turn, type Work } from './turn.ts';

/** Something that is measured: a subject or a ceiling. */
export type Contestant = {
  readonly name: string;
  /** Works for about `seconds`. Rejects when what it measured is not worth a figure. */
  readonly work: (seconds: number) => Promise<Work>;
  /** What a turn needs and must not be measured with it. */
  readonly prepare?: (seconds: number) => Promise<void>;
};

export type InterleaveOptions = {
  /** How often each one has its turn, three at least. */
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** All processes that are part of the bench. */
  readonly pids: Pids;
  readonly onTurn?: (text: string) => void;
};

/** The turns of each contestant by its name, one a round. */
export type Turns<Name extends string> = Readonly<Record<Name, readonly Turn[]>>;

/**
 * Lets every contestant warm up and then takes turns, round by round, so that whatever befalls the machine befalls all
 * of them. Each round begins with another one: nobody always follows the same neighbour.
 */
export const interleave = async <const Name extends string>(
  contestants: readonly (Contestant & { readonly name: Name })[],
  options: InterleaveOptions,
): Promise<Turns<Name>> => {
  const { rounds, seconds, warmUpSeconds, pids, onTurn = () => undefined } = options;
  const turns = Object.fromEntries(contestants.map(({ name }) => [name, [] as Turn[]])) as Record<
    Name,
    Turn[]
  >;
  const take = async ({ work, prepare }: Contestant, duration: number): Promise<Turn> => {
    await prepare?.(duration);
    return measureTurn(() => work(duration), { pids, cores: availableParallelism() });
  };
  for (const contestant of contestants) {
    onTurn(`warming up ${contestant.name}`);
    await take(contestant, warmUpSeconds);
  }
  for (let round = 0; round < rounds; round += 1) {
    const first = round % contestants.length;
    for (const contestant of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const turn = await take(contestant, seconds);
      turns[contestant.name].push(turn);
      const rate = (turn.operations / turn.seconds).toFixed(0);
      onTurn(`round ${round + 1} of ${rounds}, ${contestant.name}: ${rate}/s`);
    }
  }
  return turns;
};
