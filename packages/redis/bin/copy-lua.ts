#!/usr/bin/env node
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

/** `copy-lua src dist`: the last step of a build whose modules read Lua files that lie beside them. */
const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('usage: copy-lua <from> <to>');
for (const file of globSync('**/*.lua', { cwd: from })) cpSync(join(from, file), join(to, file));
