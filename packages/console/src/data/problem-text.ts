import { ApiProblem, NoAnswer } from '@contact-sync/client';

/** A failure as a person reads it: what happened, and what helps whoever looks for the cause. */
export type ProblemText = {
  readonly title: string;
  readonly detail: string;
  /** Code and request id: what stands in the logs too. */
  readonly reference: string | undefined;
};

const titles: Readonly<Record<number, string>> = {
  403: 'Your role does not allow this',
  404: 'Not found',
  412: 'Somebody else changed it meanwhile',
  429: 'Too many requests',
  503: 'A service behind the gateway does not answer',
};

const detailOf = ({ message }: ApiProblem): string => message.replace(/^\d{3} [A-Z_]+: /, '');

const withFaults = (problem: ApiProblem): string =>
  [detailOf(problem), ...problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)].join(' ');

/** The text of a failure; of what is no answer of the API too. */
export const problemText = (error: unknown): ProblemText => {
  if (error instanceof ApiProblem) {
    const { status, code, requestId } = error;
    return {
      title: titles[status] ?? (status >= 500 ? 'The system failed' : 'That cannot be done'),
      detail: withFaults(error),
      reference: requestId === undefined ? code : `${code}, request ${requestId}`,
    };
  }
  if (error instanceof NoAnswer)
    return {
      title: 'The gateway does not answer',
      detail: 'Check the network; what you typed is still here.',
      reference: undefined,
    };
  return {
    title: 'The console failed',
    detail: error instanceof Error ? error.message : String(error),
    reference: undefined,
  };
};
