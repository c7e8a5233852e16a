import { Badge } from '../../elements/badge.tsx';
import { Value } from '../../elements/value.tsx';
import { Empty } from '../../elements/view.tsx';
import { route } from '../../routing/current-route.ts';
import { hrefOf } from '../../routing/route.ts';
import { compareSides, type FieldOfSides } from './compare-sides.ts';
import type { BothSides } from './load-contact.ts';

const SideRow = ({
  of: { field, ours, theirs, differs },
  id,
  chosen,
  alone,
}: {
  readonly of: FieldOfSides;
  readonly id: string;
  readonly chosen: boolean;
  readonly alone: boolean;
}) => (
  <tr data-differs={differs} data-chosen={chosen}>
    <th scope="row">
      {field} {differs && <Badge tone="warn">differs</Badge>}
    </th>
    <td data-label="Ours">
      <Value of={ours} />
    </td>
    {!alone && (
      <td data-label="AcmeCRM">
        <Value of={theirs} />
      </td>
    )}
    <td data-label="Why" class="tight-cell">
      <a href={hrefOf(['contacts', id], { field })} aria-label={`Why ${field} holds this`}>
        Why?
      </a>
    </td>
  </tr>
);

/** The fields as both sides hold them, with those that differ marked. */
export const Sides = ({ of: { contact, acme, mapped } }: { readonly of: BothSides }) => {
  if (!contact)
    return (
      <Empty title="We hold no contact of this id">
        <p>AcmeCRM told of it only by a delete.</p>
      </Empty>
    );
  const fields = compareSides(contact, acme?.deleted ? undefined : mapped?.contact);
  const differing = fields.filter(({ differs }) => differs).length;
  const alone = mapped === undefined;
  return (
    <section class="card flush" aria-labelledby="sides">
      <div class="card-head row apart">
        <h2 id="sides">{alone ? 'Fields' : 'Both sides'}</h2>
        {!alone &&
          (differing === 0 ? (
            <Badge tone="good">no field differs</Badge>
          ) : (
            <Badge tone="warn">
              {differing} {differing === 1 ? 'field differs' : 'fields differ'}
            </Badge>
          ))}
      </div>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Ours</th>
            {!alone && <th scope="col">AcmeCRM, mapped</th>}
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((one) => (
            <SideRow
              key={one.field}
              of={one}
              id={contact.id}
              chosen={route.value.query['field'] === one.field}
              alone={alone}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
};
