import type { Contact } from '@contact-sync/domain';
import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';

/** Warns of what cannot be taken back, and erases once the e-mail address has been typed. */
export const EraseDialog = ({
  contact,
  onClose,
  onDone,
}: {
  readonly contact: Contact;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const [typed, setTyped] = useState('');
  const { run, busy, error } = useAction(async () => {
    await api.eraseContact({ params: { id: contact.id } });
    onDone();
  });
  return (
    <Dialog title={`Erase ${contact.firstName} ${contact.lastName} for good`} onClose={onClose}>
      <div class="note" data-tone="bad">
        <strong>This cannot be undone</strong>
        <ul>
          <li>The contact, AcmeCRM's record of it and its whole history go.</li>
          <li>A deleted event without personal data is sent to whoever follows our contacts.</li>
          <li>Later events of AcmeCRM about it are not taken until an admin lifts the block.</li>
          <li>What Kafka still holds goes only when its retention ends.</li>
        </ul>
      </div>
      <Problem error={error} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field
          label={`Type ${contact.email} to go on`}
          value={typed}
          onValue={setTyped}
          input={{ autoComplete: 'off' }}
        />
        <div class="row">
          <button type="submit" class="danger" disabled={busy || typed !== contact.email}>
            Erase for good
          </button>
          <button type="button" onClick={onClose}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
};
