import type { Client } from '@contact-sync/client';
import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { CodeBlock } from '../../elements/code-block.tsx';
import { Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { api } from '../../session/current.ts';

type Answer = Awaited<ReturnType<Client['diffMappings']>>['body'];

const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

const Part = ({ title, of }: { readonly title: string; readonly of: readonly unknown[] }) =>
  of.length === 0 ? null : (
    <div class="stack tight">
      <h3>
        {title}, {of.length}
      </h3>
      <CodeBlock>{of.map(jsonText).join('\n')}</CodeBlock>
    </div>
  );

const Shown = ({ of: { removed, added, changed, settings } }: { readonly of: Answer }) => (
  <div class="stack" role="status">
    {removed.length + added.length + changed.length + settings.length === 0 && <p>They do not differ.</p>}
    <Part title="Pairs taken out" of={removed} />
    <Part title="Pairs added" of={added} />
    <Part title="Pairs changed" of={changed} />
    <Part title="Settings changed" of={settings} />
  </div>
);

/** Two mappings compared, by ids as history names them; the second is the one in force unless another is typed. */
export const Difference = ({ current }: { readonly current: string }) => {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState(current);
  const [found, setFound] = useState<Answer>();
  const { run, busy, error } = useAction(async () => {
    setFound((await api.diffMappings({ query: { from: from.trim(), to: to.trim() } })).body);
  });
  return (
    <section class="card" aria-labelledby="difference">
      <h2 id="difference">Two mappings compared</h2>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field label="From" hint="An id that an entry of a history names" value={from} onValue={setFrom} />
        <Field label="To" hint="The one in force, or another" value={to} onValue={setTo} />
        <button type="submit" disabled={busy || from.trim() === '' || to.trim() === ''}>
          Compare
        </button>
      </form>
      <Problem error={error} />
      {found && <Shown of={found} />}
    </section>
  );
};
