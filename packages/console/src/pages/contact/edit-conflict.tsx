import type { Contact } from '@contact-sync/domain';
import { Badge } from '../../elements/badge.tsx';
import { Value } from '../../elements/value.tsx';
import { changedFields, type Draft, draftFields, draftOf } from './draft.ts';

/** A contact as it was read, with the tag of its version. */
export type Present = { readonly contact: Contact; readonly etag: string };

/** What was changed meanwhile beside what was typed, a line a field, and the choice between them. */
export const EditConflict = ({
  before,
  theirs,
  mine,
  busy,
  onMine,
  onTheirs,
}: {
  readonly before: Contact;
  readonly theirs: Contact;
  readonly mine: Draft;
  readonly busy: boolean;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) => {
  const began = draftOf(before);
  const now = draftOf(theirs);
  const [typed, moved] = [changedFields(began, mine), changedFields(began, now)];
  const shown = draftFields.filter((field) => typed.includes(field) || moved.includes(field));
  return (
    <div class="stack">
      <div class="note" data-tone="warn" role="alert">
        <strong>Somebody else changed it meanwhile</strong>
        <p>
          You began with version {before.version}; it is version {theirs.version} now. Nothing of yours is
          sent yet.
        </p>
      </div>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Version {before.version}</th>
            <th scope="col">Now, version {theirs.version}</th>
            <th scope="col">Yours</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => {
            const both = typed.includes(field) && moved.includes(field);
            return (
              <tr key={field} data-differs={both}>
                <th scope="row">
                  {field} {both && <Badge tone="warn">both</Badge>}
                </th>
                <td data-label="Before">
                  <Value of={began[field]} />
                </td>
                <td data-label="Now">
                  <Value of={now[field]} />
                </td>
                <td data-label="Yours">
                  {typed.includes(field) ? (
                    <Value of={mine[field]} />
                  ) : (
                    <span class="hint">as it is now</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div class="row">
        <button type="button" class="primary" disabled={busy} onClick={onMine}>
          Put mine over version {theirs.version}
        </button>
        <button type="button" disabled={busy} onClick={onTheirs}>
          Leave it as it is now
        </button>
      </div>
    </div>
  );
};
