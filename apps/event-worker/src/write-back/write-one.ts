import type { AcmeAnswer, AcmeApi, AcmeShown, AcmeTrouble } from '../acme/acme-api.ts';
import { type AnswerBackPorts, createAnswerBack, type WriteRun } from './answer-back.ts';
import type { Write } from './ports.ts';
import type { WriteEnd } from './write-end.ts';

export type WriteOnePorts = AnswerBackPorts & { readonly api: AcmeApi };

type Refusal = Extract<AcmeAnswer, { readonly kind: 'refused' }>;

/** The answer to a read of one contact has no other kinds. */
const strange = ({ kind }: AcmeAnswer): AcmeTrouble => ({
  kind: 'unavailable',
  why: `it answered a read as ${kind}`,
});

const ask = (api: AcmeApi, write: Write, { signal }: WriteRun): Promise<AcmeAnswer> => {
  switch (write.kind) {
    case 'create':
      return api.create(write.record, write.idempotencyKey, signal);
    case 'patch':
      return api.patch(write.acmeId, write.ifVersion, write.changes, signal);
    case 'delete':
      return api.remove(write.acmeId, write.ifVersion, signal);
  }
};

/**
 * Carries one planned write to AcmeCRM, and what AcmeCRM says back to contact-service (design section 6): a record as the
 * event that answers the write, everything else as its outcome. It may be repeated from any step.
 *
 * @throws {AppError} retryable, where contact-service or Redis does not answer.
 */
export const createWriteOne = ({ api, ...ports }: WriteOnePorts) => {
  const { settle, take, takeDeletion, catchUp } = createAnswerBack(ports);

  const refuse = async (write: Write, { pointer }: Refusal, run: WriteRun): Promise<WriteEnd> => {
    const fault = { code: 'ACME_REFUSED', ...(pointer !== undefined && { pointer }) };
    await settle(write, { outcome: 'refused', ...fault }, run);
    return { kind: 'fault', fault: { stage: 'handle', ...fault } };
  };

  /** This try may have done nothing, and one before it may have done the write. */
  const suffer = async (write: Write, trouble: AcmeTrouble, run: WriteRun): Promise<WriteEnd> => {
    await settle(write, { outcome: 'lost' }, run);
    return { kind: 'trouble', trouble };
  };

  /** Looks what the contact is there; a record goes to `use`. */
  const look = async (
    write: Write,
    acmeId: string,
    run: WriteRun,
    use: (record: AcmeShown) => Promise<WriteEnd>,
  ): Promise<WriteEnd> => {
    const answer = await api.find(acmeId, run.signal);
    switch (answer.kind) {
      case 'record':
        return use(answer.record);
      case 'deleted':
        return takeDeletion(write, acmeId, answer.version, run);
      case 'missing':
        return { kind: 'missing' };
      case 'unavailable':
      case 'unauthorised':
      case 'limited':
        return suffer(write, answer, run);
      default:
        return suffer(write, strange(answer), run);
    }
  };

  const hear = async (write: Write, answer: AcmeAnswer, run: WriteRun): Promise<WriteEnd> => {
    const known = 'acmeId' in write ? write.acmeId : '';
    switch (answer.kind) {
      case 'record':
        return take(write, answer.record, run);
      case 'deleted':
        return takeDeletion(write, known, answer.version, run);
      // Somebody made it before, and nobody but us names our ids.
      case 'taken':
        return look(write, answer.acmeId, run, (record) => take(write, record, run));
      case 'stale':
        return look(write, known, run, (record) => catchUp(write, record, run));
      case 'refused':
        return refuse(write, answer, run);
      case 'missing':
        return { kind: 'missing' };
      default:
        return suffer(write, answer, run);
    }
  };

  return async (write: Write, run: WriteRun): Promise<WriteEnd> => {
    const { causedAt } = run;
    if (write.kind === 'delete' && !(await ports.brake.admit({ id: write.writeId, causedAt }))) {
      await settle(write, { outcome: 'not-sent' }, run);
      return { kind: 'held' };
    }
    return hear(write, await ask(api, write, run), run);
  };
};
