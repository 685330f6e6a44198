import { enableCompileCache } from './import/compile-cache.mjs';
import { openBundle } from './import/open-bundle.mjs';

enableCompileCache();
// The importer as one program that was compiled once: compiling it at each start took longer than 50 MB of logs.
const bundle = await openBundle('cli/import.ts');
if (bundle !== null) await import(bundle);
else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./import.ts');
}
