import { notFound } from 'next/navigation';
import { SessionView } from '#components/sessions/session-view.tsx';
import { decodePathPart } from '#lib/client/decode-path-part.ts';
import { requirePageSession } from '#lib/server/auth/require-page-session.ts';

type SessionPageProps = { readonly params: Promise<{ readonly sessionId: string }> };

export async function generateMetadata({ params }: SessionPageProps) {
  return { title: decodePathPart((await params).sessionId) ?? 'Session' };
}

export default async function SessionPage({ params }: SessionPageProps) {
  await requirePageSession();
  const sessionId = decodePathPart((await params).sessionId);
  if (sessionId === null) notFound();
  return <SessionView sessionId={sessionId} />;
}
