import {
  type ApplyResult,
  contactIdOfAcme,
  type PlannedWrite,
  type SettledWrite,
  type SourceEvent,
  type WriteOutcome,
} from '@contact-sync/domain';
import { deleted, type Told, updated } from '../event-builder.ts';
import type { Copy } from './copy.ts';

type Written = { readonly id: string; readonly writeId?: string };

/** What event-worker and people do to a copy of the service, each as it would do it. */
export const bothWays = (copy: Copy) => {
  const applied = async (...events: readonly object[]): Promise<ApplyResult[]> =>
    (await copy.apply(...events)).json().results;
  const answers = ({ id, writeId }: Written) => ({ answers: { contactId: id, writeId } });
  return {
    edit: async (id: string, payload: object): Promise<number> => {
      const headers = { 'if-match': '*' };
      return (await copy.request('PATCH', `/${id}`, { payload, headers })).json().version;
    },
    contact: async (id: string) => (await copy.request('GET', `/${id}`)).json(),
    history: async (id: string) => (await copy.request('GET', `/${id}/history`)).json().items,
    plan: async (
      id: string,
      { deletes = true, dryRun = false } = {},
    ): Promise<PlannedWrite & { readonly writeId?: string }> => {
      const path = `/write-back/plan${dryRun ? '?dryRun=true' : ''}`;
      return (await copy.internal(path, { ids: [id], deletes })).json().plans[0];
    },
    /** AcmeCRM answers a write with the record as it is now. */
    answered: (write: Written, record: Told, extra: object = {}): Promise<ApplyResult[]> =>
      applied({ ...updated(record, `wb:${write.id}:${record.acme_version}`), extra, ...answers(write) }),
    /** AcmeCRM answers that it is deleted. */
    answeredDeleted: (write: Written, told: Told): Promise<ApplyResult[]> =>
      applied({ ...deleted(told, `wb:${write.id}:${told.acme_version}`), ...answers(write) }),
    /** Its webhooks come. */
    told: async (...events: readonly (SourceEvent | object)[]): Promise<string[]> =>
      (await applied(...events)).map((result) => ('fate' in result ? result.fate : result.code)),
    settle: async (outcome: WriteOutcome): Promise<SettledWrite['result']> =>
      (await copy.internal('/write-back/outcomes', { outcomes: [outcome] })).json().results[0].result,
    applied,
    conflicts: async () => (await copy.call('GET', '/api/v1/conflicts')).json().items,
    resolve: (conflict: string, take: 'ours' | 'theirs', headers: Readonly<Record<string, string>> = {}) =>
      copy.call('POST', `/api/v1/conflicts/${conflict}/resolve`, { payload: { take }, headers }),
    versions: async (...acmeIds: readonly string[]) =>
      (await copy.internal('/versions', { acmeIds })).json().versions,
    /** The id that a record's own makes. */
    idOf: contactIdOfAcme,
  };
};
export type BothWays = ReturnType<typeof bothWays>;
