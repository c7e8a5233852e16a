import { useEffect } from 'preact/hooks';
import { LogInForm } from './log-in-form.tsx';

export const LogInPage = () => {
  useEffect(() => {
    document.title = 'Log in · contact-sync';
  }, []);
  return (
    <main class="sheet">
      <div class="card">
        <div>
          <h1>contact-sync</h1>
          <p class="lead">The console of the integration with AcmeCRM</p>
        </div>
        <LogInForm />
      </div>
    </main>
  );
};
