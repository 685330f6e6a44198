/** What can be coloured. Their grammars are loaded one by one, where the colouring is done. */
export const codeLanguages = [
  'bash',
  'css',
  'diff',
  'go',
  'html',
  'java',
  'javascript',
  'json',
  'python',
  'rust',
  'sql',
  'toml',
  'typescript',
  'tsx',
  'yaml',
] as const;

export type CodeLanguage = (typeof codeLanguages)[number];

const aliases: Readonly<Record<string, CodeLanguage>> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  js: 'javascript',
  jsx: 'tsx',
  ts: 'typescript',
  py: 'python',
  rs: 'rust',
  yml: 'yaml',
};

/** The language that a fence names; null for one that is not known. */
export function codeLanguageOf(name: string): CodeLanguage | null {
  const lower = name.toLowerCase();
  const known = codeLanguages.find((language) => language === lower);
  return known ?? (Object.hasOwn(aliases, lower) ? (aliases[lower] ?? null) : null);
}
