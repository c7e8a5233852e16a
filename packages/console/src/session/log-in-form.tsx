import { useState } from 'preact/hooks';
import { useAction } from '../data/use-action.ts';
import { Field } from '../elements/field.tsx';
import { Problem } from '../elements/problem.tsx';
import { session } from './current.ts';

/** E-mail and password for a session; `email` is who was logged in before. */
export const LogInForm = ({ email: before = '' }: { readonly email?: string | undefined }) => {
  const [email, setEmail] = useState(before);
  const [password, setPassword] = useState('');
  const { run, busy, error } = useAction(async () => {
    await session.logIn(email, password).finally(() => setPassword(''));
  });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Problem error={error} />
      <Field
        label="E-mail"
        value={email}
        onValue={setEmail}
        input={{ type: 'email', autoComplete: 'username', required: true }}
      />
      <Field
        label="Password"
        value={password}
        onValue={setPassword}
        input={{ type: 'password', autoComplete: 'current-password', required: true }}
      />
      <button type="submit" class="primary" disabled={busy}>
        {busy ? 'Logging in …' : 'Log in'}
      </button>
    </form>
  );
};
