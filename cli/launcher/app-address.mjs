/**
 * The address of the app for a program on this machine: a wildcard host is reached over loopback.
 * @param {{ host: string, port: number }} bound
 */
export function appAddress({ host, port }) {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
