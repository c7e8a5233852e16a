import { Dialog } from '../elements/dialog.tsx';
import { session } from './current.ts';
import { LogInForm } from './log-in-form.tsx';

/** Asks for the password again over the page on which the session ended; the page goes on behind it. */
export const SessionEnded = () => {
  const { value } = session.state;
  if (value.phase !== 'ended') return null;
  return (
    <Dialog title="Your session has ended">
      <p>Log in to go on where you are. Nothing that you typed is lost.</p>
      <LogInForm email={value.account.email} />
      <div class="row">
        <button type="button" class="plain" onClick={() => void session.logOut()}>
          Leave the page
        </button>
      </div>
    </Dialog>
  );
};
