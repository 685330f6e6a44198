/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: true,
  // The front door (lib/server/front-door.ts) compresses nothing and sets every security header itself.
  compress: true,
  images: { unoptimized: true },
  agentRules: false,
  experimental: { agentUpgrade: false },
  devIndicators: false,
};

export default config;
