/** Where `g` and a letter lead. */
export const shortcutPlaces = {
  o: { href: '/', label: 'Overview' },
  s: { href: '/sessions', label: 'Sessions' },
  a: { href: '/alerts', label: 'Alerts' },
  p: { href: '/operations', label: 'Operations' },
  t: { href: '/settings', label: 'Settings' },
} as const;

/** Kept in this browser: those who speak to their machine press keys without meaning to. */
export const shortcutsOffKey = 'plimsoll-shortcuts-off';
