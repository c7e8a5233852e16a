import { useState } from 'preact/hooks';
import { Check, Choice, Field } from '../../elements/field.tsx';
import { goTo } from '../../routing/current-route.ts';

const statuses = ['active', 'inactive', 'lead'] as const;
const sources = ['acmecrm', 'api'] as const;

export type Search = {
  readonly q: string;
  readonly email: string;
  readonly status: (typeof statuses)[number] | undefined;
  readonly source: (typeof sources)[number] | undefined;
  readonly deleted: boolean;
};

/** What an address asks for; what it does not know is left out. */
export const searchOf = (query: Readonly<Record<string, string>>): Search => ({
  q: query['q'] ?? '',
  email: query['email'] ?? '',
  status: statuses.find((one) => one === query['status']),
  source: sources.find((one) => one === query['source']),
  deleted: query['deleted'] === 'yes',
});

/** The search as a form; it goes to the address, so that it can be sent to somebody. */
export const ContactSearch = ({ of }: { readonly of: Search }) => {
  const [q, setQ] = useState(of.q);
  const [email, setEmail] = useState(of.email);
  const [status, setStatus] = useState<string>(of.status ?? '');
  const [source, setSource] = useState<string>(of.source ?? '');
  const [deleted, setDeleted] = useState(of.deleted);
  return (
    <search>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          goTo(['contacts'], { q, email, status, source, deleted: deleted ? 'yes' : '' });
        }}
      >
        <Field label="Name begins with" value={q} onValue={setQ} input={{ type: 'search' }} />
        <Field label="E-mail, whole" value={email} onValue={setEmail} input={{ type: 'search' }} />
        <Choice label="Status" value={status} onValue={setStatus} options={statuses} none="any" />
        <Choice label="Born in" value={source} onValue={setSource} options={sources} none="either" />
        <Check checked={deleted} onChecked={setDeleted}>
          Deleted too
        </Check>
        <button type="submit" class="primary">
          Search
        </button>
      </form>
    </search>
  );
};
