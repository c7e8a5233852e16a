import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Choice } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';
import { SecretOnce } from './secret-once.tsx';

const overlaps = { 'a day': 86_400, 'an hour': 3_600, 'not at all': 0 } as const;
const overlapNames = ['a day', 'an hour', 'not at all'] as const;

/** A new secret for a client, or its end. */
export const ClientDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const [overlap, setOverlap] = useState<(typeof overlapNames)[number]>('a day');
  const [secret, setSecret] = useState<string>();
  const params = { id };
  const rotate = useAction(async () => {
    const { body } = await api.rotateClientSecret({ params, body: { overlapSeconds: overlaps[overlap] } });
    setSecret(body.secret);
  });
  const remove = useAction(async () => {
    await api.deleteMachineClient({ params });
    onClose();
  });
  if (secret !== undefined) return <SecretOnce id={id} secret={secret} onClose={onClose} />;
  return (
    <Dialog title={`Change ${id}`} onClose={onClose}>
      <Problem error={rotate.error ?? remove.error} />
      <Choice
        label="The present secret works on for"
        value={overlap}
        onValue={(name) => setOverlap(overlapNames.find((one) => one === name) ?? 'a day')}
        options={overlapNames}
      />
      <div class="row apart">
        <button type="button" class="primary" disabled={rotate.busy} onClick={() => void rotate.run()}>
          New secret
        </button>
        <button type="button" class="danger" disabled={remove.busy} onClick={() => void remove.run()}>
          Delete the client
        </button>
      </div>
    </Dialog>
  );
};
