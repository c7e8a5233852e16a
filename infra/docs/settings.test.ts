import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { settingsDocument, settingsOf } from './settings-document.ts';

const apps = new URL('../../apps/', import.meta.url);

test('docs/settings.md is what npm run generate:settings writes', () => {
  expect(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')).toBe(settingsDocument());
});

test('every service has its settings in the document', () => {
  expect(readdirSync(apps).toSorted()).toEqual(Object.keys(settingsOf).toSorted());
});

describe.each(Object.entries(settingsOf))('the settings of %s', (service, { properties }) => {
  const example = readFileSync(new URL(`${service}/.env.example`, apps), 'utf8');
  const named = [...example.matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name ?? '');

  it('are those of its .env.example, each once', () => {
    const settings = named.map((name) => (name in properties ? name : name.replace(/_FILE$/, '')));
    expect(settings.toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  it('say each what it is', () => {
    for (const [name, setting] of Object.entries<{ description?: string }>(properties))
      expect(setting.description, name).toMatch(/\w/);
  });

  it('are secret where they hold a password, a key or a secret, and no other is', () => {
    const secret = Object.entries<{ writeOnly?: boolean }>(properties)
      .filter(([, setting]) => setting.writeOnly)
      .map(([name]) => name);
    const holding = /(PASSWORD|CLIENT_SECRET|API_KEY|SIGNING_KEYS|BOOTSTRAP_CLIENTS|^REDIS_(\w+_)?URL)$/;
    expect(secret).toEqual(Object.keys(properties).filter((name) => holding.test(name)));
  });
});
