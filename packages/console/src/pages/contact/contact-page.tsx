import { useLoaded } from '../../data/use-loaded.ts';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { api, may } from '../../session/current.ts';
import { ContactActions } from './contact-actions.tsx';
import { ContactBadges } from './contact-badges.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { EventsOfContact } from './events-of-contact.tsx';
import { History } from './history.tsx';
import { loadContact } from './load-contact.ts';
import { Sides } from './sides.tsx';

/** One contact: both sides, why each field holds what it holds, what became of its events, and what can be done. */
export const ContactPage = ({ id }: { readonly id: string }) => {
  const loaded = useLoaded(id, (signal) => loadContact(api, id, signal));
  const { contact } = loaded.value ?? {};
  const title = contact ? `${contact.firstName} ${contact.lastName}` : 'Contact';
  return (
    <Page
      title={title}
      actions={
        contact && loaded.value?.etag ? (
          <>
            <ContactBadges of={contact} />
            <ContactActions contact={contact} etag={loaded.value.etag} onChanged={loaded.reload} />
          </>
        ) : undefined
      }
    >
      <View of={loaded} what="the contact">
        {(both) => (
          <>
            <ContactFacts id={id} of={both} />
            <Sides of={both} />
            <History id={id} version={both.contact?.version} />
            {may('events:read') && <EventsOfContact id={id} />}
          </>
        )}
      </View>
    </Page>
  );
};
