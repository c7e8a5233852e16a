import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Check, Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';
import type { User } from './users-page.tsx';

const roles = ['viewer', 'editor', 'admin'] as const;

/** Makes a user, or changes one; a password that is left empty stays. */
export const UserDialog = ({
  of,
  onClose,
  onDone,
}: {
  readonly of: User | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const [email, setEmail] = useState(of?.email ?? '');
  const [password, setPassword] = useState('');
  const [chosen, setChosen] = useState<readonly (typeof roles)[number][]>(of?.roles ?? ['viewer']);
  const [disabled, setDisabled] = useState(of?.disabled ?? false);
  const save = useAction(async () => {
    const body = { email, roles: [...chosen] };
    if (of)
      await api.changeUser({
        params: { id: of.id },
        body: { ...body, disabled, ...(password !== '' && { password }) },
      });
    else await api.createUser({ body: { ...body, password } });
    onDone();
  });
  const remove = useAction(async () => {
    if (of) await api.deleteUser({ params: { id: of.id } });
    onDone();
  });
  return (
    <Dialog title={of ? `Change ${of.email}` : 'New user'} onClose={onClose}>
      <Problem error={save.error ?? remove.error} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <Field
          label="E-mail"
          value={email}
          onValue={setEmail}
          input={{ type: 'email', required: true, autoComplete: 'off' }}
        />
        <Field
          label="Password"
          hint={of ? 'Empty: it stays. A new one ends all sessions.' : '12 characters at least'}
          value={password}
          onValue={setPassword}
          input={{ type: 'password', autoComplete: 'new-password', required: !of }}
        />
        <fieldset class="row plain-set">
          <legend>Roles</legend>
          {roles.map((role) => (
            <Check
              key={role}
              checked={chosen.includes(role)}
              onChecked={(wanted) =>
                setChosen(wanted ? [...chosen, role] : chosen.filter((one) => one !== role))
              }
            >
              {role}
            </Check>
          ))}
        </fieldset>
        {of && (
          <Check checked={disabled} onChecked={setDisabled}>
            Disabled: nobody logs in with it, and its sessions end
          </Check>
        )}
        <div class="row apart">
          <button type="submit" class="primary" disabled={save.busy || chosen.length === 0}>
            Save
          </button>
          {of && (
            <button type="button" class="danger" disabled={remove.busy} onClick={() => void remove.run()}>
              Delete the user
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
};
