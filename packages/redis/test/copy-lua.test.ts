import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { loadScript } from '../src/index.ts';

test('copies every Lua file beside its compiled caller, where the same address finds it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copy-lua-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'src/adapters'), { recursive: true });
  writeFileSync(join(folder, 'src/adapters/apply.lua'), 'return 1');
  writeFileSync(join(folder, 'src/adapters/apply.ts'), '');

  const command = fileURLToPath(new URL('../bin/copy-lua.ts', import.meta.url));
  execFileSync(process.execPath, [command, 'src', 'dist'], { cwd: folder });

  const caller = pathToFileURL(join(folder, 'dist/adapters/apply.js'));
  expect(loadScript(new URL('./apply.lua', caller))).toBe('return 1');
});
