import Link from 'next/link';
import { buttonClassNames } from '#components/ui/button-class-names.ts';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="content" className="mx-auto flex max-w-xl flex-col items-start gap-4 px-4 py-24">
      <h1 className="text-xl font-medium">There is no page here</h1>
      <p className="text-muted">The address may be mistyped, or come from another version of Plimsoll.</p>
      <Link href="/" className={buttonClassNames({ tone: 'main' })}>
        Go to the overview
      </Link>
    </main>
  );
}
