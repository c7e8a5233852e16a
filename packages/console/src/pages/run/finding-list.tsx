import type { Finding } from '@contact-sync/api-contracts';
import { hrefOf } from '../../routing/route.ts';

/** Findings of one kind, each with links to its contact and its events; nothing where there are none. */
export const FindingList = ({ title, of }: { readonly title: string; readonly of: readonly Finding[] }) =>
  of.length === 0 ? null : (
    <div class="stack tight">
      <h3>{title}</h3>
      <ul class="timeline">
        {of.map(({ contactId, code, scenario, detail, eventIds = [] }, index) => (
          <li key={index}>
            <div class="row">
              <code>{code}</code>
              {scenario && <span class="hint">{scenario}</span>}
            </div>
            {detail && <p>{detail}</p>}
            <div class="row">
              <a href={hrefOf(['contacts', contactId])}>
                contact <span class="mono">{contactId}</span>
              </a>
              {eventIds.map((eventId) => (
                <a key={eventId} class="mono" href={hrefOf(['events', eventId])}>
                  {eventId}
                </a>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
