/** `npm run generate:errors`: writes docs/error-codes.md. */
import { writeFileSync } from 'node:fs';
import { errorCodesDocument } from './src/server/error-page.ts';

writeFileSync(new URL('../../docs/error-codes.md', import.meta.url), errorCodesDocument());
