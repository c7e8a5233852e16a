import type { Client } from '@contact-sync/client';
import { Time } from '../../elements/time.tsx';
import { Empty } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';

type Group = Awaited<ReturnType<Client['listDeadLetterGroups']>>['body']['groups'][number];

export const GroupRows = ({ of }: { readonly of: readonly Group[] }) => (
  <section class="card flush" aria-label="Causes">
    {of.length === 0 ? (
      <Empty title="No open letters">
        <p>Every event that came was applied, or decided about.</p>
      </Empty>
    ) : (
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Stage</th>
            <th scope="col">Member at fault</th>
            <th scope="col" class="number">
              Letters
            </th>
            <th scope="col">Oldest</th>
            <th scope="col">Newest</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ fingerprint, code, stage, pointer, count, oldestAt, newestAt }) => (
            <tr key={fingerprint}>
              <th scope="row">
                <a class="mono" href={hrefOf(['dead-letters'], { fingerprint })}>
                  {code}
                </a>
              </th>
              <td data-label="Stage">{stage}</td>
              <td data-label="Member" class="mono">
                {pointer ?? 'none'}
              </td>
              <td data-label="Letters" class="number">
                {count}
              </td>
              <td data-label="Oldest">
                <Time at={oldestAt} ago />
              </td>
              <td data-label="Newest">
                <Time at={newestAt} ago />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
