import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { theme, themes } from './design/theme.ts';
import { Choice } from './elements/field.tsx';
import type { Place } from './places.tsx';
import { route } from './routing/current-route.ts';
import { hrefOf } from './routing/route.ts';
import { session } from './session/current.ts';

const Menu = ({
  places,
  current,
}: {
  readonly places: readonly Place[];
  readonly current?: Place | undefined;
}) => (
  <nav class="nav" id="menu" aria-label="Console">
    <ul>
      {places
        .filter(({ title }) => title !== undefined)
        .map((place) => (
          <li key={place.name}>
            <a href={hrefOf([place.name])} aria-current={place === current ? 'page' : undefined}>
              {place.title}
            </a>
          </li>
        ))}
    </ul>
  </nav>
);

const Who = () => {
  const { value } = session.state;
  if (value.phase === 'out') return null;
  const { email, id, roles } = value.account;
  return (
    <div class="who">
      <span>
        {email ?? id}
        <br />
        {roles.join(', ')}
      </span>
      <Choice
        label="Colours"
        value={theme.value}
        onValue={(name) => {
          theme.value = themes.find((one) => one === name) ?? 'system';
        }}
        options={themes}
      />
      <button type="button" onClick={() => void session.logOut()}>
        Log out
      </button>
    </div>
  );
};

/** The menu beside the page; above it, behind a button, where the screen is narrow. */
export const Frame = ({
  places,
  current,
  children,
}: {
  readonly places: readonly Place[];
  readonly current: Place | undefined;
  readonly children: ComponentChildren;
}) => {
  const [open, setOpen] = useState(false);
  const at = route.value;
  useEffect(() => setOpen(false), [at]);
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => document.querySelector('main')?.focus()}>
        Skip to the page
      </button>
      <header class="side" data-open={open}>
        <div class="side-inner">
          <a class="brand" href={hrefOf([])}>
            <img src="/console/icon.svg" alt="" width="24" height="24" />
            contact-sync
          </a>
          <button
            type="button"
            class="menu-switch"
            aria-expanded={open}
            aria-controls="menu"
            onClick={() => setOpen(!open)}
          >
            Menu
          </button>
          <Menu places={places} current={current} />
          <Who />
        </div>
      </header>
      <main id="page" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
};
