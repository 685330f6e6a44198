import { SessionsView } from '#components/sessions/sessions-view.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

export const metadata = { title: 'Sessions' };

export default async function SessionsPage() {
  await requirePageSession();
  return <SessionsView />;
}
