import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';

/** A new password for whoever is logged in. */
export const PasswordForm = () => {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [changed, setChanged] = useState(false);
  const { run, busy, error } = useAction(async () => {
    await api.changePassword({ body: { currentPassword: current, newPassword: next } });
    setChanged(true);
    setCurrent('');
    setNext('');
  });
  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <Problem error={error} />
      {changed && (
        <div class="note" data-tone="good" role="status">
          <strong>It is changed</strong>
          <p>Your other sessions have ended.</p>
        </div>
      )}
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field
          label="Present password"
          value={current}
          onValue={setCurrent}
          input={{ type: 'password', autoComplete: 'current-password', required: true }}
        />
        <Field
          label="New password"
          value={next}
          onValue={setNext}
          input={{ type: 'password', autoComplete: 'new-password', required: true }}
        />
        <button type="submit" disabled={busy}>
          Change it
        </button>
      </form>
    </section>
  );
};
