import { useState } from 'preact/hooks';

/** Something that a person does, one at a time. */
export type Action<Input extends readonly unknown[]> = {
  readonly run: (...input: Input) => Promise<void>;
  readonly busy: boolean;
  readonly error: unknown;
};

/** Runs `work` when asked; what it throws is shown until it is tried again. */
export const useAction = <Input extends readonly unknown[]>(
  work: (...input: Input) => Promise<void>,
): Action<Input> => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (...input: Input): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await work(...input);
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, error };
};
