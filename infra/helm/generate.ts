import { writeFileSync } from 'node:fs';
import { chartSchemas } from './chart-schema.ts';

for (const [service, text] of Object.entries(chartSchemas()))
  writeFileSync(new URL(`./${service}/values.schema.json`, import.meta.url), text);
