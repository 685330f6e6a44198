import { setTimeout as pass } from 'node:timers/promises';
import { simulateReadableStream } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';

const windowTokens = 200_000;

type StreamResult = Awaited<ReturnType<MockLanguageModelV3['doStream']>>;
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;

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
    doStream: async ({ prompt }) => {
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
      const said = isAnswer ? answerParts() : [callPart(calls)];
      const usage = {
        inputTokens: { total, noCache: total, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 20, text: 20, reasoning: 0 },
      };
      const finishReason = { unified: isAnswer ? 'stop' : 'tool-calls', raw: undefined } as const;
      const chunks: StreamPart[] = [
        { type: 'stream-start', warnings: [] },
        ...said,
        { type: 'finish', finishReason, usage },
      ];
      return { stream: simulateReadableStream({ chunks, initialDelayInMs: 0, chunkDelayInMs: 20 }) };
    },
  });
  return { model, totals: () => ({ calls, inputTokens, sentBytesMax }) };
}

const answer = 'Three channels are on: the first for mail, the second for chat, the third for the log.';

/** Word by word, as models write. */
function answerParts(): StreamPart[] {
  const words = answer.split(/(?<= )/);
  return [
    { type: 'text-start', id: 'answer' },
    ...words.map((delta): StreamPart => ({ type: 'text-delta', id: 'answer', delta })),
    { type: 'text-end', id: 'answer' },
  ];
}

function callPart(number: number): StreamPart {
  const input = `{"action":"config.schema","turn":${number}}`;
  return { type: 'tool-call', toolCallId: `call-${number}`, toolName: 'gateway', input };
}
