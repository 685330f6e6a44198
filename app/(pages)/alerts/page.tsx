import { AlertsView } from '#components/alerts/alerts-view.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

export const metadata = { title: 'Alerts' };

export default async function AlertsPage() {
  await requirePageSession();
  return <AlertsView />;
}
