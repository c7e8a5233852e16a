import { AppError } from '@contact-sync/domain';
import { deadLetter, done, type Outcome, retryLater } from '@contact-sync/kafka';
import type { AcmeApi, AcmeTrouble } from '../acme/acme-api.ts';
import type { Write, WritePlanner } from './ports.ts';
import { createStanding } from './standing.ts';
import type { WriteEnd } from './write-end.ts';

/** What an end means: an outcome of the contact, another plan, or that nothing can be written for now. */
export type Verdict =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'again' }
  | { readonly kind: 'pause'; readonly why: AppError };

export type JudgePorts = {
  readonly api: Pick<AcmeApi, 'list'>;
  readonly planner: Pick<WritePlanner, 'settle'>;
};

/** Contacts in a row that AcmeCRM may fail on, or not know, before it counts as AcmeCRM's own trouble or a wrong account. */
const mostFailures = 5;
const mostStrangers = 10;

const pause = (internal: string, retryAfterMs?: number): Verdict => ({
  kind: 'pause',
  why: new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'AcmeCRM takes no writes now.',
    internal,
    retryable: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }),
});

const outcome = (of: Outcome): Verdict => ({ kind: 'outcome', outcome: of });

const whyOf = (trouble: AcmeTrouble): string =>
  trouble.kind === 'unavailable' ? trouble.why : `it answered ${'status' in trouble ? trouble.status : 429}`;

/** How long the brake is looked at again after. */
const brakeLookMs = 1_000;

/** Judges how writes ended, each in the light of how those of other contacts do. */
export const createJudge = ({ api, planner }: JudgePorts) => {
  const failures = createStanding({ mostInARow: mostFailures });
  const strangers = createStanding({ mostInARow: mostStrangers });

  const ofTrouble = async (write: Write, trouble: AcmeTrouble, signal: AbortSignal): Promise<Verdict> => {
    const why = whyOf(trouble);
    if (trouble.kind === 'limited') return pause(why, trouble.retryAfterMs);
    if (!failures.failed(write.id)) return pause(`${why}, and so to all`);
    const other = await api.list({ limit: 1 }, signal);
    if (other.kind !== 'page') return pause(`${why}, and to a read ${whyOf(other)}`);
    return outcome(retryLater({ stage: 'handle', code: 'ACME_UNAVAILABLE' }));
  };

  const ofStranger = async ({ id, writeId }: Write, signal: AbortSignal): Promise<Verdict> => {
    const isItsOwn = strangers.failed(id);
    const settled = isItsOwn ? 'not-found' : 'lost';
    await planner.settle([{ id, writeId, outcome: settled }], signal);
    if (!isItsOwn) return pause('it knows none of many contacts: the account may be another');
    return outcome(deadLetter({ stage: 'handle', code: 'ACME_NOT_FOUND' }));
  };

  return async (write: Write, end: WriteEnd, signal: AbortSignal): Promise<Verdict> => {
    if (end.kind === 'trouble') return ofTrouble(write, end.trouble, signal);
    if (end.kind === 'held') return pause('the brake holds', brakeLookMs);
    failures.succeeded();
    if (end.kind === 'missing') return ofStranger(write, signal);
    strangers.succeeded();
    switch (end.kind) {
      case 'written':
        return outcome(done('written'));
      case 'again':
        return { kind: 'again' };
      case 'fault':
        return outcome(deadLetter(end.fault));
      case 'later':
        return outcome(retryLater(end.fault));
    }
  };
};

export type Judge = ReturnType<typeof createJudge>;
