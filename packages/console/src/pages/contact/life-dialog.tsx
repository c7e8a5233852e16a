import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';
import type { Present } from './edit-conflict.tsx';

/** Deletes a contact for the version that was looked at, or restores one that is deleted. */
export const LifeDialog = ({
  contact,
  etag,
  onClose,
  onDone,
}: Present & { readonly onClose: () => void; readonly onDone: () => void }) => {
  const params = { id: contact.id };
  const deletes = contact.deletedAt === undefined;
  const { run, busy, error } = useAction(async () => {
    if (deletes) await api.deleteContact({ params, ifMatch: etag });
    else await api.restoreContact({ params });
    onDone();
  });
  const doing = deletes ? 'Delete' : 'Restore';
  return (
    <Dialog title={`${doing} ${contact.firstName} ${contact.lastName}`} onClose={onClose}>
      <p>
        {deletes
          ? 'It is kept as deleted and can be restored. Whoever follows our contacts is told.'
          : 'It is live again as it was when it was deleted. Whoever follows our contacts is told.'}
      </p>
      <Problem error={error} />
      <div class="row">
        <button type="button" class="primary" disabled={busy} onClick={() => void run()}>
          {doing}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
};
