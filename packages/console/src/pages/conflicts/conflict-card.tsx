import type { FieldConflict } from '@contact-sync/domain';
import { useAction } from '../../data/use-action.ts';
import { Badge } from '../../elements/badge.tsx';
import { Problem } from '../../elements/problem.tsx';
import { Time } from '../../elements/time.tsx';
import { Value } from '../../elements/value.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api, may } from '../../session/current.ts';

const causes: Readonly<Record<FieldConflict['cause'], string>> = {
  'both-changed': 'Both sides changed it; the owner’s value stands',
  'not-taken': 'AcmeCRM did not take it as it was sent',
  'not-agreed': 'Three writes did not bring the sides together',
  frozen: 'Nothing is written any more: it was written too often',
  'not-found': 'AcmeCRM has no such record any more',
};

const Fields = ({ of }: { readonly of: FieldConflict['fields'] }) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Ours</th>
        <th scope="col">AcmeCRM</th>
      </tr>
    </thead>
    <tbody>
      {of.map(({ field, ours, theirs }) => (
        <tr key={field}>
          <th scope="row">{field}</th>
          <td data-label="Ours">
            <Value of={ours} />
          </td>
          <td data-label="AcmeCRM">
            <Value of={theirs} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** One entry of the inbox: both values, and the choice between them, which is an ordinary edit. */
export const ConflictCard = ({
  of: { id, contactId, at, cause, fields },
  onResolved,
}: {
  readonly of: FieldConflict;
  readonly onResolved: () => void;
}) => {
  const resolve = useAction(async (take: 'ours' | 'theirs') => {
    await api.resolveConflict({ params: { id }, body: { take } });
    onResolved();
  });
  return (
    <section class="card" aria-label={`Conflict of ${contactId}`}>
      <div class="row apart">
        <Badge tone="warn">{causes[cause]}</Badge>
        <Time at={at} ago />
      </div>
      <a class="mono" href={hrefOf(['contacts', contactId])}>
        {contactId}
      </a>
      {fields.length > 0 && <Fields of={fields} />}
      <Problem error={resolve.error} />
      {may('contacts:write') && (
        <div class="row">
          <button type="button" disabled={resolve.busy} onClick={() => void resolve.run('ours')}>
            Take ours
          </button>
          <button type="button" disabled={resolve.busy} onClick={() => void resolve.run('theirs')}>
            Take AcmeCRM's
          </button>
        </div>
      )}
    </section>
  );
};
