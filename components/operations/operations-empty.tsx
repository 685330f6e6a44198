import { CodeBlock } from '#components/ui/code-block.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

const example = `import { aiSdkMiddleware, createPlimsoll } from 'plimsoll/agent';

const plimsoll = createPlimsoll({ url: 'http://127.0.0.1:3000', key: process.env.PLIMSOLL_KEY, agent: 'my-bot' });
const model = wrapLanguageModel({ model: yours, middleware: aiSdkMiddleware(plimsoll) });`;

/** What belongs here, and what sends it. */
export function OperationsEmpty() {
  return (
    <EmptyState title="No agent reported in this range">
      <p>
        Agents that run with the toolkit say here that they are alive, which tools they call, what was cut out
        of their sessions and what that saved. Put it between your loop and its model:
      </p>
      <CodeBlock code={example} what="example" />
      <p>
        To see it filled, run <code className="font-mono text-sm">npm run example:agent</code> in the folder
        of Plimsoll.
      </p>
    </EmptyState>
  );
}
