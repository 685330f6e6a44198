import { randomUUID } from 'node:crypto';
import { jsonSchema, type ModelMessage, stepCountIs, streamText, tool, wrapLanguageModel } from 'ai';
import { aiSdkMiddleware, createPlimsoll, type Plimsoll } from '#lib/agent/index.ts';
import { gatewaySchema } from '#lib/agent/testing/gateway-schema.ts';
import { fakeModel } from './fake-model.ts';

export type LoopResult = {
  readonly turns: number;
  readonly calls: number;
  readonly inputTokens: number;
  readonly sentBytesMax: number;
  /** What ended it early; null when it did not. */
  readonly death: string | null;
  readonly left: number;
};

/** Far above anything here: the middleware then only counts, as a loop without the toolkit's rules would. */
const unlimited = { bytesMax: 100_000_000, tokensMax: 100_000_000, resultBytesMax: 10_000_000 } as const;

/** One bot, one session: each turn asks the gateway for its configuration and then answers. */
export async function runLoop(options: {
  readonly url: string;
  readonly key: string;
  readonly session: string;
  readonly withToolkit: boolean;
  readonly turns: number;
}): Promise<LoopResult> {
  const { session, withToolkit } = options;
  const plimsoll = createPlimsoll({
    url: options.url,
    key: options.key,
    agent: withToolkit ? 'example-with' : 'example-without',
    session,
    budget: 'off',
    ...(withToolkit ? {} : { sessions: unlimited }),
  });
  const fake = fakeModel();
  const model = wrapLanguageModel({ model: fake.model, middleware: aiSdkMiddleware(plimsoll) });
  const gateway = plimsoll.tools({
    tools: { gateway: { run: (input) => answerOf(input), safe: true } },
    ...(withToolkit ? {} : { prune: false }),
  });
  const tools = {
    gateway: tool({
      description: 'Talks to the gateway',
      inputSchema: jsonSchema<{ action: string; turn: number }>({ type: 'object' }),
      execute: async (input, { toolCallId }) => {
        const [result] = await gateway.runAll([{ id: toolCallId, name: 'gateway', input }], { session });
        return result?.content ?? '';
      },
    }),
  };
  let history: ModelMessage[] = [];
  let turns = 0;
  let death: string | null = null;
  for (; turns < options.turns && death === null; turns++) {
    const asked: ModelMessage = { role: 'user', content: `Question ${turns + 1}: which channels are on?` };
    report(plimsoll, session, [asked]);
    history = [...history, asked];
    try {
      let failure: unknown = null;
      const { textStream, response } = streamText({
        model,
        tools,
        messages: history,
        stopWhen: stepCountIs(3),
        maxRetries: 0,
        onError: ({ error }) => {
          failure = error;
        },
      });
      const id = randomUUID();
      let text = '';
      for await (const piece of textStream) {
        text += piece;
        plimsoll.usage.draft({ session, id, role: 'assistant', content: text });
      }
      if (failure !== null) throw failure;
      const { messages } = await response;
      report(plimsoll, session, messages, id);
      history = [...history, ...messages];
    } catch (error) {
      death = error instanceof Error ? error.message : String(error);
      turns--;
    }
  }
  const { left } = await plimsoll.usage.flush(30_000);
  await plimsoll.close();
  return { turns, death, left, ...fake.totals() };
}

/** Each a little different, as a live configuration is. */
function answerOf(input: unknown): string {
  return gatewaySchema().replace('2026.2.1', `2026.2.${JSON.stringify(input).length}-${Math.random()}`);
}

/**
 * Sends the chat to the app: the toolkit does not read a host's texts by itself. The model's text has the id under
 * which it was shown while it was written.
 */
function report(
  plimsoll: Plimsoll,
  session: string,
  messages: readonly ModelMessage[],
  answerId?: string,
): void {
  for (const { role, content } of messages) {
    if (typeof content === 'string') {
      plimsoll.usage.track({ type: 'message', session, role, content });
      continue;
    }
    for (const part of content) {
      if (part.type === 'text') {
        plimsoll.usage.track({ type: 'message', id: answerId, session, role, content: part.text });
      }
      if (part.type === 'tool-call') {
        const { toolName, toolCallId } = part;
        plimsoll.usage.track({
          type: 'message',
          session,
          role,
          kind: 'tool_call',
          toolName,
          toolCallId,
          content: JSON.stringify(part.input),
        });
      }
      if (part.type === 'tool-result') {
        const { toolName, toolCallId, output } = part;
        const text = output.type === 'text' ? output.value : JSON.stringify(output);
        plimsoll.usage.track({
          type: 'message',
          session,
          role,
          kind: 'tool_result',
          toolName,
          toolCallId,
          content: text,
        });
      }
    }
  }
}
