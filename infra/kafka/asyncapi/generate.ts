/** `npm run generate:asyncapi`: writes docs/asyncapi.json. */
import { writeFileSync } from 'node:fs';
import { asyncApiDocument } from './document.ts';

writeFileSync(new URL('../../../docs/asyncapi.json', import.meta.url), asyncApiDocument());
