import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keptManifest } from './kept-manifest.mjs';

// Puts back what prepack.mjs took away.
const root = path.resolve(import.meta.dirname, '../..');
writeFileSync(path.join(root, 'package.json'), readFileSync(keptManifest(root)));
rmSync(keptManifest(root));
