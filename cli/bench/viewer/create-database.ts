import { connect } from '#db/connect.ts';

/** A new database on a server; @returns its address */
export async function createDatabase(serverUrl: string): Promise<string> {
  const admin = connect({ url: serverUrl, connectionsMax: 1 });
  await admin.unsafe('create database viewer');
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = '/viewer';
  return url.href;
}
