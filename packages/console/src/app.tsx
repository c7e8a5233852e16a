import { Empty } from './elements/view.tsx';
import { Frame } from './frame.tsx';
import { placeOf, places } from './places.tsx';
import { route } from './routing/current-route.ts';
import { may, session } from './session/current.ts';
import { LogInPage } from './session/log-in-page.tsx';
import { SessionEnded } from './session/session-ended.tsx';

const Shown = ({ at }: { readonly at: ReturnType<typeof placeOf> }) => {
  if (!at) return <Empty title="There is nothing here, or your role does not show it" />;
  const { list: List, one: One, name } = at.place;
  return One && at.id !== undefined ? <One key={`${name}/${at.id}`} id={at.id} /> : <List key={name} />;
};

/** The log-in, or the places that the account may see. */
export const App = () => {
  const { value } = session.state;
  if (value.phase === 'out') return <LogInPage />;
  const allowed = places.filter(({ needs }) => needs === undefined || may(needs));
  const at = placeOf(route.value, allowed);
  return (
    <>
      {/* Another account begins with pages of its own. */}
      <Frame key={value.account.id} places={allowed} current={at?.place}>
        <Shown at={at} />
      </Frame>
      <SessionEnded />
    </>
  );
};
