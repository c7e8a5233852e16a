import { useEffect, useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Field, TextField } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { View } from '../../elements/view.tsx';
import { api } from '../../session/current.ts';
import { Mapped } from './mapped.tsx';
import { recordOf } from './record-of.ts';

/** So long nothing is typed before what was typed is mapped. */
const REST_MS = 400;

const example = JSON.stringify(
  {
    id: 'acme-1',
    acme_first_name: 'Ada',
    acme_last_name: 'Lovelace',
    acme_email: 'ada@example.com',
    acme_phone: '(415) 555-0132',
    acme_address: '123 Main St, San Francisco, CA 94105, USA',
    acme_status: 'Active',
    acme_version: 1,
  },
  null,
  2,
);

const useRested = (text: string): string => {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
};

const MappedRecord = ({ text }: { readonly text: string }) => {
  const read = recordOf(text);
  const mapped = useLoaded(text, async (signal) =>
    read.record ? (await api.previewMapping({ body: { record: read.record } }, { signal })).body : undefined,
  );
  if (read.fault !== undefined)
    return (
      <div class="note" data-tone="warn" role="status">
        <strong>This is no record yet</strong>
        <p>{read.fault}</p>
      </div>
    );
  return (
    <View of={mapped} what="the mapped record">
      {(answer) => answer && <Mapped of={answer} />}
    </View>
  );
};

/** Maps a record as it is typed, pasted, or picked from a contact. Nothing is stored. */
export const Preview = () => {
  const [text, setText] = useState(example);
  const [id, setId] = useState('');
  const rested = useRested(text);
  const pick = useAction(async () => {
    const { body } = await api.getAcmeRecord({ params: { id: id.trim() } });
    if (body.record) setText(JSON.stringify(body.record, null, 2));
  });
  return (
    <div class="columns">
      <section class="card" aria-labelledby="record">
        <h2 id="record">AcmeCRM's record</h2>
        <TextField label="Record, as JSON" value={text} onValue={setText} />
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault();
            void pick.run();
          }}
        >
          <Field label="Or of the contact with this id" value={id} onValue={setId} />
          <button type="submit" disabled={pick.busy || id.trim() === ''}>
            Pick it
          </button>
        </form>
        <Problem error={pick.error} />
      </section>
      <section class="card" aria-labelledby="mapped">
        <h2 id="mapped">Our contact</h2>
        <MappedRecord text={rested} />
      </section>
    </div>
  );
};
