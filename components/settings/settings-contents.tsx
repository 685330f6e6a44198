const parts = [
  { id: 'budgets', label: 'Budgets' },
  { id: 'holds', label: 'Holds' },
  { id: 'alert-targets', label: 'Alert targets' },
  { id: 'keys', label: 'API keys' },
  { id: 'password', label: 'Password' },
  { id: 'prices', label: 'Prices' },
  { id: 'retention', label: 'Data and time' },
  { id: 'installation', label: 'Installation' },
] as const;

/** What is on the page, each a link to it. */
export function SettingsContents() {
  return (
    <nav aria-label="On this page">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {parts.map(({ id, label }) => (
          <li key={id}>
            <a href={`#${id}`} className="rounded-sm text-accent underline-offset-4 hover:underline">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
