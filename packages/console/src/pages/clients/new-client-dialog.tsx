import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Check, Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';
import { SecretOnce } from './secret-once.tsx';

const AUDIENCE = 'integration-api';

/** What a program of somebody else can be allowed; scopes of our own services are for their bootstrap file. */
const scopes = [
  'contacts:read',
  'contacts:write',
  'contacts:erase',
  'events:read',
  'events:replay',
  'mappings:read',
  'simulator:run',
  'users:admin',
] as const;
type Scope = (typeof scopes)[number];

/** Makes a client of the public API, and shows its secret once. */
export const NewClientDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [id, setId] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['contacts:read']);
  const [secret, setSecret] = useState<string>();
  const { run, busy, error } = useAction(async () => {
    const { body } = await api.createMachineClient({
      body: { id, audiences: [AUDIENCE], scopes: [...chosen] },
    });
    setSecret(body.secret);
  });
  if (secret !== undefined) return <SecretOnce id={id} secret={secret} onClose={onClose} />;
  return (
    <Dialog title="New client" onClose={onClose}>
      <Problem error={error} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field
          label="Id"
          hint="Letters, digits, points, dashes"
          value={id}
          onValue={setId}
          input={{ required: true, pattern: '[\\w.\\-]{1,64}', autoComplete: 'off' }}
        />
        <fieldset class="plain-set">
          <legend>May</legend>
          {scopes.map((scope) => (
            <Check
              key={scope}
              checked={chosen.includes(scope)}
              onChecked={(wanted) =>
                setChosen(wanted ? [...chosen, scope] : chosen.filter((one) => one !== scope))
              }
            >
              {scope}
            </Check>
          ))}
        </fieldset>
        <div class="row">
          <button type="submit" class="primary" disabled={busy}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
};
