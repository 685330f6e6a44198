import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const langchain = '@langchain/core@1.2.13';

type LangchainMessages = {
  readonly HumanMessage: new (fields: object) => object;
  readonly AIMessage: new (fields: object) => object;
  readonly ToolMessage: new (fields: object) => object;
  readonly SystemMessage: new (fields: object) => object;
  readonly trimMessages: (messages: readonly object[], options: object) => Promise<readonly object[]>;
};

/** LangChain's messages, installed into a folder of their own for this run; null where that cannot be had. */
export async function loadLangchain(): Promise<{
  readonly messages: LangchainMessages;
  readonly close: () => void;
} | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-rivals-'));
  const close = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--silent', langchain],
      {
        stdio: 'ignore',
        timeout: 120_000,
      },
    );
    const file = createRequire(path.join(folder, 'x.js')).resolve('@langchain/core/messages');
    const loaded: { default?: LangchainMessages } & LangchainMessages = await import(
      pathToFileURL(file).href
    );
    return { messages: loaded.default ?? loaded, close };
  } catch {
    close();
    return null;
  }
}
