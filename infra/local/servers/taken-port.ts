import { ServerFailure } from '../run/server-process.ts';

const ATTEMPTS = 4;

/** Starts a server, again on other ports when somebody took one between its choice and its use. */
export async function repeatedOnTakenPort<T>(
  preferred: number | undefined,
  start: (preferred: number | undefined) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(attempt === 1 ? preferred : undefined);
    } catch (error) {
      const mayRepeat = error instanceof ServerFailure && error.portTaken && attempt < ATTEMPTS;
      if (!mayRepeat) throw error;
    }
  }
}
