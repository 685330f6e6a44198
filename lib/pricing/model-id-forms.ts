const simplifications: readonly ((id: string) => string)[] = [
  // `claude-sonnet-4-5[1m]`: a coding agent's mark for the long context window.
  (id) => id.replace(/\[[^\]]*\]$/, ''),
  // `models/gemini-2.5-flash`, `publishers/google/models/...`, `arn:aws:bedrock:...:inference-profile/...`
  (id) => (/^arn:|^models\/|\/models\//.test(id) ? afterLastSlash(id) : id),
  // OpenRouter's routing variants; `:free` and `:batch` have prices of their own and stay.
  (id) => id.replace(/:(?:nitro|floor|online|beta|exacto|extended|thinking)$/, ''),
  (id) => id.slice(id.indexOf('/') + 1),
  afterLastSlash,
  // Bedrock: `us.anthropic.claude-sonnet-4-5-20250929-v1:0`
  (id) => id.replace(/^(?:(?:us|us-gov|eu|apac|ap|au|ca|jp|global)\.)?(?:[a-z][a-z0-9]*)\.(?=[a-z])/, ''),
  (id) => id.replace(/-v\d+:\d+$/, ''),
  (id) => id.replace(/[-@:](?:latest|default)$/, ''),
  // `-20250514`, `-2026-09-01`, `@20250514`
  (id) => id.replace(/[-@]20\d{2}(?:\d{4}|-\d{2}-\d{2})$/, ''),
];

/**
 * The ids under which a price list may know a model: the one sent (trimmed, lower case) first, then ever
 * simpler forms, without brackets, resource paths, vendor prefixes, revisions, `-latest` and date suffixes.
 * At most one form for each simplification.
 */
export function modelIdForms(model: string): readonly string[] {
  const forms = [model.trim().toLowerCase()];
  for (const simplify of simplifications) {
    const last = forms[forms.length - 1] ?? '';
    const simpler = simplify(last);
    if (simpler !== last && simpler !== '') forms.push(simpler);
  }
  return forms;
}

function afterLastSlash(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
