/** `npm run generate:dashboards`: writes dashboards/*.json. */
import { writeFileSync } from 'node:fs';
import { dashboards } from './dashboards.ts';
import { toGrafana } from './panels.ts';

for (const dashboard of dashboards) {
  const file = new URL(`./dashboards/${dashboard.slug}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`);
}
