/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: true,
  // The front door (lib/server/front-door.ts) compresses nothing and sets every security header itself.
  compress: true,
  // `npm test` and `npm run verify` check the types; whoever starts the app need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  agentRules: false,
  experimental: { agentUpgrade: false },
  devIndicators: false,
};

export default config;
