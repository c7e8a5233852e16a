import { useState } from 'preact/hooks';
import { useLoaded } from '../../data/use-loaded.ts';
import { CodeBlock } from '../../elements/code-block.tsx';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { api } from '../../session/current.ts';
import { Difference } from './difference.tsx';
import { Preview } from './preview.tsx';

/** How a record of AcmeCRM becomes a contact: the mapping in force, and what it makes of a record that is pasted. */
export const MappingPage = () => {
  const mapping = useLoaded('mapping', async (signal) => (await api.getMapping({}, { signal })).body);
  const [whole, setWhole] = useState(false);
  return (
    <Page title="Mapping" lead="How a record of AcmeCRM becomes a contact of ours">
      <Preview />
      <section class="card" aria-labelledby="in-force">
        <h2 id="in-force">In force</h2>
        <View of={mapping} what="the mapping">
          {({ id, definition }) => (
            <>
              <p>
                <code>{id}</code>
              </p>
              <div class="row">
                <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
                  {whole ? 'Hide the definition' : 'Show the definition'}
                </button>
              </div>
              {whole && <CodeBlock>{JSON.stringify(definition, null, 2)}</CodeBlock>}
            </>
          )}
        </View>
      </section>
      {mapping.value && <Difference current={mapping.value.id} />}
    </Page>
  );
};
