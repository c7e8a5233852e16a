import type { Contact } from '@contact-sync/domain';
import { Time } from '../../elements/time.tsx';
import { Value } from '../../elements/value.tsx';
import { hrefOf } from '../../routing/route.ts';
import { ContactBadges } from '../contact/contact-badges.tsx';

export const ContactRows = ({ of }: { readonly of: readonly Contact[] }) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">E-mail</th>
        <th scope="col">Company</th>
        <th scope="col">State</th>
        <th scope="col" class="number">
          Version
        </th>
        <th scope="col">Changed</th>
      </tr>
    </thead>
    <tbody>
      {of.map((contact) => (
        <tr key={contact.id}>
          <th scope="row">
            <a href={hrefOf(['contacts', contact.id])}>
              {contact.firstName} {contact.lastName}
            </a>
          </th>
          <td data-label="E-mail">{contact.email}</td>
          <td data-label="Company">
            <Value of={contact.company} />
          </td>
          <td data-label="State">
            <span class="row">
              <ContactBadges of={contact} />
            </span>
          </td>
          <td class="number" data-label="Version">
            {contact.version}
          </td>
          <td data-label="Changed">
            <Time at={contact.updatedAt} ago />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
