/**
 * Takes what is only for development out of the manifests under the folder given as argument, the output of
 * `turbo prune --production`: that leaves out the workspaces which tests need, but not their names, and npm would ask
 * the public registry for these, where a stranger could answer.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: production-manifests.ts FOLDER');

for (const path of globSync('**/package.json', { cwd: folder })) {
  const { devDependencies: _left, ...manifest } = JSON.parse(readFileSync(join(folder, path), 'utf8'));
  writeFileSync(join(folder, path), `${JSON.stringify(manifest, null, 2)}\n`);
}
