import { setTimeout as pass } from 'node:timers/promises';
import { MockLanguageModelV3 } from 'ai/test';

const windowTokens = 200_000;

/**
 * A model that needs no network: it calls the gateway once a turn and then answers. It counts a token for
 * four bytes of what it is sent, and refuses what is larger than its window, as providers do.
 */
export function fakeModel() {
  let calls = 0;
  let inputTokens = 0;
  let sentBytesMax = 0;
  const model = new MockLanguageModelV3({
    provider: 'anthropic.messages',
    modelId: 'claude-sonnet-4-5',
    doGenerate: async ({ prompt }) => {
      const sentBytes = Buffer.byteLength(JSON.stringify(prompt));
      const total = Math.ceil(sentBytes / 4);
      calls++;
      sentBytesMax = Math.max(sentBytesMax, sentBytes);
      if (total > windowTokens) {
        throw new Error(`prompt is too long: ${total} tokens > ${windowTokens} maximum`);
      }
      inputTokens += total;
      // Reading takes time too: about 50,000 tokens a second.
      await pass(10 + total / 50);
      const isAnswer = prompt.at(-1)?.role === 'tool';
      return {
        content: isAnswer
          ? [{ type: 'text', text: 'Three channels are on.' }]
          : [
              {
                type: 'tool-call',
                toolCallId: `call-${calls}`,
                toolName: 'gateway',
                input: `{"action":"config.schema","turn":${calls}}`,
              },
            ],
        finishReason: { unified: isAnswer ? 'stop' : 'tool-calls', raw: undefined },
        usage: {
          inputTokens: { total, noCache: total, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 20, text: 20, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
  return { model, totals: () => ({ calls, inputTokens, sentBytesMax }) };
}
