import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Badge } from '../../elements/badge.tsx';
import { Field, TextField } from '../../elements/field.tsx';
import { Page } from '../../elements/page.tsx';
import { Problem } from '../../elements/problem.tsx';
import { route } from '../../routing/current-route.ts';
import { checkSignature, type Finding, type Signed } from './check-signature.ts';

const partNames = {
  timestamp: 'X-Acme-Timestamp',
  signature: 'X-Acme-Signature',
  content: 'What was signed',
};

const Findings = ({ of }: { readonly of: readonly Finding[] }) => (
  <section class="card" aria-label="Result" role="status">
    <h2>{of.every(({ ok }) => ok) ? 'It would be taken' : 'It would be refused'}</h2>
    <ul class="timeline">
      {of.map(({ part, ok, text }) => (
        <li key={part}>
          <div class="row">
            <strong>{partNames[part]}</strong>
            <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'right' : 'wrong'}</Badge>
          </div>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  </section>
);

/** Checks a signature in the browser: nothing of it is sent anywhere. */
export const SignaturePage = () => {
  const { timestamp = '', body = '' } = route.value.query;
  const [signed, setSigned] = useState<Signed>({ body, timestamp, signature: '', secret: '' });
  const [found, setFound] = useState<readonly Finding[]>();
  const set = (name: keyof Signed) => (value: string) => setSigned({ ...signed, [name]: value });
  const check = useAction(async () => setFound(await checkSignature(signed, Date.now())));
  return (
    <Page title="Signature checker" lead="Which part of a delivery is wrong. Nothing leaves this browser.">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void check.run();
        }}
      >
        <TextField label="Body, as it was sent" value={signed.body} onValue={set('body')} />
        <div class="fields">
          <Field label="X-Acme-Timestamp" value={signed.timestamp} onValue={set('timestamp')} />
          <Field label="X-Acme-Signature" value={signed.signature} onValue={set('signature')} />
          <Field
            label="Shared secret"
            value={signed.secret}
            onValue={set('secret')}
            input={{ type: 'password', autoComplete: 'off' }}
          />
        </div>
        <div class="row">
          <button type="submit" class="primary" disabled={check.busy}>
            Check
          </button>
        </div>
      </form>
      <Problem error={check.error} />
      {found && <Findings of={found} />}
    </Page>
  );
};
