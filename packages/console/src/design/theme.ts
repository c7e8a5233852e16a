import { effect, signal } from '@preact/signals';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'console-theme';
const kept = localStorage.getItem(KEY);

/** Which colours are shown; kept for the next visit. `system` follows the device. */
export const theme = signal<Theme>(themes.find((name) => name === kept) ?? 'system');

effect(() => {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') {
    delete dataset['theme'];
    localStorage.removeItem(KEY);
  } else {
    dataset['theme'] = theme.value;
    localStorage.setItem(KEY, theme.value);
  }
});
