import { signal } from '@preact/signals';
import { hrefOf, type Query, type Route, routeOf } from './route.ts';

/** Where the page stands now. */
export const route = signal<Route>(routeOf(location.hash));

addEventListener('hashchange', () => {
  route.value = routeOf(location.hash);
});

/** Goes there, with a step back in the browser's history. */
export const goTo = (path: readonly string[], query?: Query): void => {
  location.hash = hrefOf(path, query);
};
