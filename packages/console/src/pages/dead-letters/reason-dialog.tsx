import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';

/** Asks why, and does it then. */
export const ReasonDialog = ({
  title,
  text,
  onReason,
  onClose,
}: {
  readonly title: string;
  readonly text: string;
  readonly onReason: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}) => {
  const [reason, setReason] = useState('');
  const { run, busy, error } = useAction(onReason);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <Problem error={error} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run(reason.trim());
        }}
      >
        <Field
          label="Reason"
          hint="Kept with it, so without personal data"
          value={reason}
          onValue={setReason}
          input={{ maxLength: 500 }}
        />
        <div class="row">
          <button type="submit" class="primary" disabled={busy || reason.trim() === ''}>
            {title}
          </button>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
};
