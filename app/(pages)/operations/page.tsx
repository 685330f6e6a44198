import { OperationsView } from '#components/operations/operations-view.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

export const metadata = { title: 'Operations' };

export default async function OperationsPage() {
  await requirePageSession();
  return <OperationsView />;
}
