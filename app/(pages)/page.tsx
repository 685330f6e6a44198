import { BudgetsOverview } from '#components/budgets/budgets-overview.tsx';
import { OverviewView } from '#components/overview/overview-view.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

export const metadata = { title: 'Overview' };

export default async function OverviewPage() {
  await requirePageSession();
  return <OverviewView budgets={<BudgetsOverview />} />;
}
