/**
 * The package.json of the published package, made of the project's own: its name, version and licence, and
 * nothing that the app needs.
 * @param {Readonly<Record<string, unknown>>} project
 */
export function agentManifest(project) {
  return {
    name: project['name'],
    version: project['version'],
    description: 'What an agent loop needs so that neither its sessions nor its spend sink it.',
    license: project['license'],
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.9' },
    exports: {
      './agent': { types: './dist/agent/index.d.ts', default: './dist/agent/index.js' },
      './package.json': './package.json',
    },
    files: ['dist/agent', 'docs/agent.md'],
    // `npm pack` reads the scripts again after `prepack`: this one puts the project's own file back.
    scripts: { postpack: 'node cli/pack/postpack.mjs' },
  };
}
