import type { Contact } from '@contact-sync/domain';
import { useState } from 'preact/hooks';
import { may } from '../../session/current.ts';
import { EditDialog } from './edit-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { LifeDialog } from './life-dialog.tsx';

type Doing = 'edit' | 'erase' | 'delete' | 'restore';

/** What the account may do with a contact. */
export const ContactActions = ({
  contact,
  etag,
  onChanged,
}: {
  readonly contact: Contact;
  readonly etag: string;
  readonly onChanged: () => void;
}) => {
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  const done = () => {
    close();
    onChanged();
  };
  const life = contact.deletedAt ? 'restore' : 'delete';
  return (
    <>
      {may('contacts:write') && !contact.deletedAt && (
        <button type="button" onClick={() => setDoing('edit')}>
          Edit
        </button>
      )}
      {may('contacts:write') && (
        <button type="button" onClick={() => setDoing(life)}>
          {contact.deletedAt ? 'Restore' : 'Delete'}
        </button>
      )}
      {may('contacts:erase') && (
        <button type="button" class="danger" onClick={() => setDoing('erase')}>
          Erase for good
        </button>
      )}
      {doing === 'edit' && <EditDialog contact={contact} etag={etag} onClose={close} onDone={done} />}
      {doing === 'erase' && <EraseDialog contact={contact} onClose={close} onDone={done} />}
      {doing === life && <LifeDialog contact={contact} etag={etag} onClose={close} onDone={done} />}
    </>
  );
};
