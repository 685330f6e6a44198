import { SettingsView } from '#components/settings/settings-view.tsx';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

export const metadata = { title: 'Settings' };

export default async function SettingsPage() {
  await requirePageSession();
  return <SettingsView />;
}
