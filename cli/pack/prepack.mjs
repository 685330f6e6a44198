import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentManifest } from './agent-manifest.mjs';
import { buildAgent } from './build-agent.mjs';
import { keptManifest } from './kept-manifest.mjs';

// `npm pack` gives the toolkit, not the app: for its duration package.json is the toolkit's. An app whose
// dependencies were in there would bring Next and Postgres into every agent.
const root = path.resolve(import.meta.dirname, '../..');
const file = path.join(root, 'package.json');
const text = readFileSync(file, 'utf8');
buildAgent(root);
writeFileSync(keptManifest(root), text);
writeFileSync(file, `${JSON.stringify(agentManifest(JSON.parse(text)), null, 2)}\n`);
