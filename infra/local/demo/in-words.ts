import { ApiProblem, NoAnswer } from '@contact-sync/client';
import { LaunchError } from '../launch-error.ts';

/** What `work` gives; where the API refuses or is silent, a LaunchError says so without a stack. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiProblem || error instanceof NoAnswer)) throw error;
    throw new LaunchError(`The public API did not do what the demo asked for: ${error.message}`, {
      cause: error,
    });
  }
}
