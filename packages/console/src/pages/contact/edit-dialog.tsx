import { ApiProblem } from '@contact-sync/client';
import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';
import { changedFields, type Draft, draftOf, patchOf } from './draft.ts';
import { DraftForm } from './draft-form.tsx';
import { EditConflict, type Present } from './edit-conflict.tsx';

const present = async (id: string): Promise<Present> => {
  const answer = await api.getContact({ params: { id } }, { headers: { 'cache-control': 'no-cache' } });
  if (answer.status !== 200 || answer.etag === undefined) throw new Error('The contact names no version.');
  return { contact: answer.body, etag: answer.etag };
};

/** Edits a contact for the version that was looked at. Where somebody was faster both versions are shown, and nothing is sent before one has been chosen. */
export const EditDialog = ({
  contact,
  etag,
  onClose,
  onDone,
}: Present & { readonly onClose: () => void; readonly onDone: () => void }) => {
  const before = draftOf(contact);
  const [draft, setDraft] = useState<Draft>(before);
  const [theirs, setTheirs] = useState<Present>();
  const { run, busy, error } = useAction(async (ifMatch: string) => {
    try {
      await api.patchContact({ params: { id: contact.id }, body: patchOf(before, draft), ifMatch });
      onDone();
    } catch (fault) {
      if (!(fault instanceof ApiProblem && fault.status === 412)) throw fault;
      setTheirs(await present(contact.id));
    }
  });
  return (
    <Dialog title={`Edit ${contact.firstName} ${contact.lastName}`} onClose={onClose}>
      <Problem error={error} />
      {theirs ? (
        <EditConflict
          before={contact}
          theirs={theirs.contact}
          mine={draft}
          busy={busy}
          onMine={() => void run(theirs.etag)}
          onTheirs={onDone}
        />
      ) : (
        <DraftForm
          draft={draft}
          onDraft={setDraft}
          busy={busy}
          changed={changedFields(before, draft)}
          onSave={() => void run(etag)}
        />
      )}
    </Dialog>
  );
};
