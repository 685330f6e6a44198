import { type ModelMessage, pruneMessages } from 'ai';
import { estimateTextTokens, pruneContext } from '#lib/agent/index.ts';
import { printTable } from '../print-table.ts';
import { quantile } from '../quantile.ts';
import { loadLangchain } from './rivals.ts';
import { timeRuns } from './time-runs.ts';

const tokensMax = 4_000;
const messagesCount = 1_000;
const bytesEach = 5_000;

/** Broken pairs are what a provider refuses: a call without its result, or a result without its call. */
type Kept = { readonly messages: number; readonly tokens: number; readonly broken: number };

/** 1,000 messages of 5 MB, half of them tool calls with their results, through us and two others. */
export async function measureContext(): Promise<void> {
  const messages = makeHistory();
  const rows: (readonly (string | number)[])[] = [];
  const add = async (name: string, run: () => unknown, kept: Kept) => {
    // One that takes seconds is measured less often: its time is not in doubt.
    const [onceMs = 0] = await timeRuns(run, { warm: 0, rounds: 1 });
    const isQuick = onceMs < 200;
    const rounds = isQuick ? 100 : 5;
    await timeRuns(run, { warm: isQuick ? 30 : 1, rounds: 0 });
    // What other work on the machine does not change; the garbage that a round leaves is in it.
    const startedCpu = process.cpuUsage();
    const times = await timeRuns(run, { warm: 0, rounds });
    const { user, system } = process.cpuUsage(startedCpu);
    const cpuMs = (user + system) / 1_000 / rounds;
    const told = [quantile(times, 0.5), quantile(times, 0.99), cpuMs].map((ms) => ms.toFixed(2));
    rows.push([name, ...told, kept.messages, kept.tokens, kept.broken]);
  };

  const options = { tokensMax, messagesMax: messagesCount } as const;
  const ours = pruneContext(messages, options).messages;
  await add('plimsoll pruneContext', () => pruneContext(messages, options), judge(ours));

  const rules: Parameters<typeof pruneMessages>[0] = {
    messages: [...messages],
    toolCalls: 'before-last-message',
    emptyMessages: 'remove',
  };
  await add('AI SDK pruneMessages', () => pruneMessages(rules), judge(pruneMessages(rules)));

  const rival = await loadLangchain();
  if (rival === null) process.stdout.write('LangChain could not be installed: it is left out.\n');
  else {
    const { trimMessages } = rival.messages;
    const history = messages.map((message) => toLangchain(message, rival.messages));
    const trim = {
      maxTokens: tokensMax,
      strategy: 'last',
      includeSystem: true,
      tokenCounter: (all: readonly object[]) =>
        all.reduce((sum, message) => sum + countLangchain(message), 0),
    };
    const kept = await trimMessages(history, trim);
    await add('LangChain trimMessages', () => trimMessages(history, trim), judgeLangchain(kept));
    const careful = { ...trim, startOn: 'human' };
    await add(
      'LangChain, startOn human',
      () => trimMessages(history, careful),
      judgeLangchain(await trimMessages(history, careful)),
    );
    rival.close();
  }
  process.stdout.write(
    `Context: ${messagesCount} messages of ${messagesCount * bytesEach} bytes to ${tokensMax} tokens, 100 rounds after 30 (5 after 1 where a round takes more than 200 ms)\n`,
  );
  printTable(
    ['', 'p50 ms', 'p99 ms', 'CPU ms a round', 'messages kept', 'tokens kept', 'pairs broken'],
    rows,
  );
}

function makeHistory(): readonly ModelMessage[] {
  const text = (seed: number) =>
    Array.from({ length: bytesEach / 8 }, (_, index) => `w${(index * 7 + seed) % 9_973}`.padEnd(7))
      .join(' ')
      .slice(0, bytesEach);
  return Array.from({ length: messagesCount / 4 }, (_, turn): readonly ModelMessage[] => {
    const toolCallId = `call-${turn}`;
    return [
      { role: 'user', content: turn === messagesCount / 4 - 1 ? 'And what came of it?' : text(turn) },
      {
        role: 'assistant',
        content: [
          {
            type: 'tool-call',
            toolCallId,
            toolName: 'look',
            input: { turn, text: text(turn + 1).slice(0, bytesEach - 100) },
          },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId,
            toolName: 'look',
            output: { type: 'text', value: turn === messagesCount / 4 - 1 ? 'short' : text(turn + 2) },
          },
        ],
      },
      { role: 'assistant', content: turn >= messagesCount / 4 - 3 ? 'A short answer.' : text(turn + 3) },
    ];
  }).flat();
}

function judge(messages: readonly ModelMessage[]): Kept {
  const calls = new Set<string>();
  const results = new Set<string>();
  let tokens = 0;
  for (const message of messages) {
    tokens += estimateTextTokens(
      typeof message.content === 'string' ? message.content : JSON.stringify(message.content),
    );
    if (typeof message.content === 'string') continue;
    for (const part of message.content) {
      if (part.type === 'tool-call') calls.add(part.toolCallId);
      if (part.type === 'tool-result') results.add(part.toolCallId);
    }
  }
  return { messages: messages.length, tokens, broken: differences(calls, results) };
}

type LangchainMessage = {
  readonly content?: unknown;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
};

function toLangchain(
  message: ModelMessage,
  made: NonNullable<Awaited<ReturnType<typeof loadLangchain>>>['messages'],
): object {
  if (typeof message.content === 'string') {
    return message.role === 'user'
      ? new made.HumanMessage({ content: message.content })
      : new made.AIMessage({ content: message.content });
  }
  for (const part of message.content) {
    if (part.type === 'tool-call')
      return new made.AIMessage({
        content: '',
        tool_calls: [{ id: part.toolCallId, name: part.toolName, args: part.input }],
      });
    if (part.type === 'tool-result')
      return new made.ToolMessage({
        content: part.output.type === 'text' ? part.output.value : '',
        tool_call_id: part.toolCallId,
      });
  }
  return new made.HumanMessage({ content: '' });
}

function countLangchain(message: LangchainMessage): number {
  const text = typeof message.content === 'string' ? message.content : JSON.stringify(message.content);
  const calls = message.tool_calls ?? [];
  return estimateTextTokens(text) + (calls.length === 0 ? 0 : estimateTextTokens(JSON.stringify(calls)));
}

function judgeLangchain(messages: readonly LangchainMessage[]): Kept {
  const calls = new Set(messages.flatMap((message) => (message.tool_calls ?? []).map(({ id }) => id)));
  const results = new Set(messages.flatMap((message) => message.tool_call_id ?? []));
  const tokens = messages.reduce((sum, message) => sum + countLangchain(message), 0);
  return { messages: messages.length, tokens, broken: differences(calls, results) };
}

function differences(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  return [...left].filter((id) => !right.has(id)).length + [...right].filter((id) => !left.has(id)).length;
}
