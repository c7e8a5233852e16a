import type { Client } from '@contact-sync/client';
import { Badge } from '../../elements/badge.tsx';
import { Value } from '../../elements/value.tsx';

type Answer = Awaited<ReturnType<Client['previewMapping']>>['body'];

/** The mapped fields, with those marked that lose something or fail, and what is not read at all. */
export const Mapped = ({ of: { contact, lossy, failed, ignored } }: { readonly of: Answer }) => (
  <div class="stack">
    <div class="row">
      {failed.length === 0 && lossy.length === 0 && <Badge tone="good">nothing is lost</Badge>}
      {lossy.length > 0 && <Badge tone="warn">{lossy.length} lossy</Badge>}
      {failed.length > 0 && <Badge tone="bad">{failed.length} failed</Badge>}
    </div>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(contact).map(([field, value]) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td data-label="Value">
              <Value of={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {[
      ...failed.map(({ pointer, code, valueType }) => ({
        pointer,
        tone: 'bad' as const,
        text: `${code}, got ${valueType}`,
      })),
      ...lossy.map(({ pointer, why }) => ({ pointer, tone: 'warn' as const, text: why })),
    ].map(({ pointer, tone, text }) => (
      <p key={`${tone} ${pointer}`} class="row">
        <Badge tone={tone}>{tone === 'bad' ? 'failed' : 'lossy'}</Badge>
        <code>{pointer}</code> {text}
      </p>
    ))}
    {ignored.length > 0 && (
      <p class="hint">
        Not read by the mapping, and kept beside the record: <code>{ignored.join(', ')}</code>
      </p>
    )}
  </div>
);
