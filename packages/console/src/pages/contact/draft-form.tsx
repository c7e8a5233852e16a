import { Choice, Field, TextField } from '../../elements/field.tsx';
import type { Draft, DraftField } from './draft.ts';

const labels: Readonly<Record<DraftField, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  company: 'Company',
  title: 'Title',
  status: 'Status',
  notes: 'Notes',
  street: 'Street',
  city: 'City',
  state: 'State',
  zipCode: 'Zip code',
  country: 'Country',
  tags: 'Tags, with commas between',
};

const lines: readonly DraftField[] = ['firstName', 'lastName', 'email', 'phone', 'company', 'title'];
const address: readonly DraftField[] = ['street', 'city', 'state', 'zipCode', 'country'];

/** The fields of a contact to type in. */
export const DraftForm = ({
  draft,
  onDraft,
  changed,
  busy,
  onSave,
}: {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly changed: readonly DraftField[];
  readonly busy: boolean;
  readonly onSave: () => void;
}) => {
  const set = (field: DraftField) => (value: string) => onDraft({ ...draft, [field]: value });
  const line = (field: DraftField) => (
    <Field key={field} label={labels[field]} value={draft[field]} onValue={set(field)} />
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <div class="fields">
        {lines.map(line)}
        <Choice
          label="Status"
          value={draft.status}
          onValue={set('status')}
          options={['active', 'inactive', 'lead']}
          none="none"
        />
        {address.map(line)}
      </div>
      {line('tags')}
      <TextField label="Notes" value={draft.notes} onValue={set('notes')} />
      <div class="row">
        <button type="submit" class="primary" disabled={busy || changed.length === 0}>
          Save
        </button>
        <span class="hint">
          {changed.length === 0 ? 'Nothing is changed yet' : `Changed: ${changed.join(', ')}`}
        </span>
      </div>
    </form>
  );
};
