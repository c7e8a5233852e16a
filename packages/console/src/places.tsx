import type { Permission } from '@contact-sync/api-contracts';
import type { ComponentType } from 'preact';
import { SessionsPage } from './pages/account/sessions-page.tsx';
import { AuditPage } from './pages/audit/audit-page.tsx';
import { ClientsPage } from './pages/clients/clients-page.tsx';
import { ConflictsPage } from './pages/conflicts/conflicts-page.tsx';
import { ContactPage } from './pages/contact/contact-page.tsx';
import { ContactsPage } from './pages/contacts/contacts-page.tsx';
import { LetterPage } from './pages/dead-letter/letter-page.tsx';
import { DeadLettersPage } from './pages/dead-letters/dead-letters-page.tsx';
import { DeliveriesPage } from './pages/deliveries/deliveries-page.tsx';
import { EventPage } from './pages/event/event-page.tsx';
import { FindEventPage } from './pages/event/find-event-page.tsx';
import { MappingPage } from './pages/mapping/mapping-page.tsx';
import { PipelinePage } from './pages/pipeline/pipeline-page.tsx';
import { ReplayPage } from './pages/replay/replay-page.tsx';
import { RunPage } from './pages/run/run-page.tsx';
import { RunsPage } from './pages/runs/runs-page.tsx';
import { ScenariosPage } from './pages/scenarios/scenarios-page.tsx';
import { SignaturePage } from './pages/signature/signature-page.tsx';
import { UsersPage } from './pages/users/users-page.tsx';
import type { Route } from './routing/route.ts';

/** A place of the console: its name in the menu, what the account needs for it, and its pages. */
export type Place = {
  readonly name: string;
  /** In the menu; left out where a place is come to from another. */
  readonly title?: string;
  /** Whoever is logged in where it is left out. */
  readonly needs?: Permission;
  readonly list: ComponentType;
  readonly one?: ComponentType<{ readonly id: string }>;
};

/** Every place, in the order of the menu; the first one that is allowed is the start. */
export const places: readonly Place[] = [
  { name: 'pipeline', title: 'Pipeline', needs: 'events:read', list: PipelinePage },
  { name: 'contacts', title: 'Contacts', needs: 'contacts:read', list: ContactsPage, one: ContactPage },
  { name: 'conflicts', title: 'Conflicts', needs: 'contacts:read', list: ConflictsPage },
  { name: 'scenarios', title: 'Scenarios', needs: 'events:read', list: ScenariosPage },
  { name: 'runs', title: 'Runs', needs: 'events:read', list: RunsPage, one: RunPage },
  { name: 'deliveries', title: 'Deliveries', needs: 'events:read', list: DeliveriesPage },
  { name: 'events', title: 'Events', needs: 'events:read', list: FindEventPage, one: EventPage },
  {
    name: 'dead-letters',
    title: 'Dead letters',
    needs: 'events:replay',
    list: DeadLettersPage,
    one: LetterPage,
  },
  { name: 'mapping', title: 'Mapping', needs: 'mappings:read', list: MappingPage },
  { name: 'signature', title: 'Signature checker', list: SignaturePage },
  { name: 'users', title: 'Users', needs: 'users:admin', list: UsersPage },
  { name: 'clients', title: 'Machine clients', needs: 'users:admin', list: ClientsPage },
  { name: 'audit', title: 'Audit', needs: 'users:admin', list: AuditPage },
  { name: 'sessions', title: 'My sessions', list: SessionsPage },
  { name: 'replays', needs: 'events:replay', list: DeadLettersPage, one: ReplayPage },
];

/** The place of a route, and which one thing of it is meant. */
export const placeOf = ({ path: [name, id] }: Route, allowed: readonly Place[]) => {
  const place = name === undefined ? allowed[0] : allowed.find((one) => one.name === name);
  return place && { place, id };
};
