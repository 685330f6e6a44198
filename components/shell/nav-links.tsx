'use client';

import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { AlertBadge } from '#components/alerts/alert-badge.tsx';
import { classNames } from '#components/ui/class-names.ts';

const destinations = [
  { href: '/', label: 'Overview' },
  { href: '/sessions', label: 'Sessions' },
  { href: '/alerts', label: 'Alerts' },
  { href: '/operations', label: 'Operations' },
  { href: '/settings', label: 'Settings' },
] as const satisfies readonly { href: Route; label: string }[];

/** The rooms of the app, in words; the present one is marked. */
export function NavLinks() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex flex-wrap gap-0.5 md:flex-col md:gap-1">
        {destinations.map(({ href, label }) => {
          const isHere = href === '/' ? pathname === '/' : pathname.startsWith(href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? 'page' : undefined}
                className={classNames(
                  'flex h-8 items-center gap-2 rounded-md px-1.5 max-md:text-sm max-md:gap-1 md:px-2.5',
                  isHere ? 'bg-accent-quiet font-medium text-ink' : 'text-muted hover:bg-sunk hover:text-ink',
                )}
              >
                {label}
                {href === '/alerts' ? <AlertBadge /> : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
