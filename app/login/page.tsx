import { connection } from 'next/server';
import { LoginView } from '#components/login/login-view.tsx';

export const metadata = { title: 'Sign in' };

export default async function LoginPage() {
  await connection();
  return <LoginView />;
}
