/** What a child process does for its parent, by name; arguments and results must survive a structured clone. */
export type Tasks = Readonly<Record<string, (argument: never) => unknown>>;

export type Question = { readonly id: number; readonly name: string; readonly argument: readonly unknown[] };

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: string };

const answer = async (tasks: Tasks, { id, name, argument }: Question): Promise<Answer> => {
  try {
    const task = tasks[name] as ((...argument: readonly unknown[]) => unknown) | undefined;
    if (task === undefined) throw new Error(`there is no task ${name}`);
    return { id, value: await task(...argument) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
};

/** What one task opened and another needs. Throws where it has not been. */
export const opened = <Subject>(subject: Subject | undefined): Subject => {
  if (subject === undefined) throw new Error('what is to be measured has not been opened');
  return subject;
};

/** Answers the parent's questions for as long as it lives, and ends this process with it. */
export const serveTasks = (tasks: Tasks): void => {
  process.on('message', async (question) => {
    const said = await answer(tasks, question as Question);
    if (process.connected) process.send?.(said);
  });
  process.on('disconnect', () => process.exit());
};
