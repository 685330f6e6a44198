import { type AdapterOptions, maxOutputTokensDefault, sessionOf } from './adapter-options.ts';
import type { OpenCall } from './call-meter.ts';
import type { ChatMessage } from './chat-message.ts';
import type { Plimsoll } from './create-plimsoll.ts';
import { readMessage } from './read-message.ts';

type CallParams = {
  readonly prompt: readonly unknown[];
  readonly tools?: unknown;
  readonly maxOutputTokens?: number | undefined;
};

type ModelName = { readonly provider: string; readonly modelId: string };

/** Fits `wrapLanguageModel({ model, middleware })` of the AI SDK 5, 6 and 7, by its structure. */
export type AiSdkMiddleware<V extends string> = {
  readonly specificationVersion: V;
  readonly transformParams: <P extends CallParams>(input: { readonly params: P }) => Promise<P>;
  readonly wrapGenerate: <R extends object>(input: {
    readonly doGenerate: () => PromiseLike<R>;
    readonly params: CallParams;
    readonly model: ModelName;
  }) => Promise<R>;
  readonly wrapStream: <R extends { readonly stream: ReadableStream<unknown> }>(input: {
    readonly doStream: () => PromiseLike<R>;
    readonly params: CallParams;
    readonly model: ModelName;
  }) => Promise<R>;
};

export type AiSdkOptions<V extends string> = AdapterOptions & {
  /** `v2` for the AI SDK 5, `v3` for 6, `v4` for 7. */
  readonly version?: V | undefined;
};

/** Middleware that holds a model's sessions and budgets and sends its usage. Default: for the AI SDK 6. */
export function aiSdkMiddleware<const V extends 'v2' | 'v3' | 'v4' = 'v3'>(
  plimsoll: Plimsoll,
  options: AiSdkOptions<V> = {},
): AiSdkMiddleware<V> {
  const begin = ({
    params,
    model,
  }: {
    readonly params: CallParams;
    readonly model: ModelName;
  }): Promise<OpenCall> => {
    const sent: readonly ChatMessage[] = [
      ...toMessages(params.prompt),
      { role: 'system', content: params.tools },
    ];
    return plimsoll.meter.begin({
      // The SDK says `openai.chat` where prices say `openai`.
      provider: options.provider ?? model.provider.split('.')[0] ?? model.provider,
      model: model.modelId,
      session: sessionOf(options, { ...params }, plimsoll.session),
      inputTokens: sent.reduce((sum, message) => sum + readMessage(message).tokens, 0),
      maxOutputTokens: params.maxOutputTokens ?? maxOutputTokensDefault,
    });
  };
  return {
    // The default of V is the default here.
    specificationVersion: (options.version ?? 'v3') as V,
    async transformParams({ params }) {
      const session = sessionOf(options, { ...params }, plimsoll.session);
      const prompt = await plimsoll.hold(toMessages(params.prompt), {
        session,
        context: options.context,
        makeMessage: (text) => ({ role: 'user', content: [{ type: 'text', text }] }),
      });
      return { ...params, prompt };
    },
    async wrapGenerate({ doGenerate, ...input }) {
      const call = await begin(input);
      try {
        const result = await doGenerate();
        call.see(result);
        await call.end();
        return result;
      } catch (error) {
        await call.fail(error);
        throw error;
      }
    },
    async wrapStream({ doStream, ...input }) {
      const call = await begin(input);
      try {
        const result = await doStream();
        return { ...result, stream: countedStream(result.stream, call) };
      } catch (error) {
        await call.fail(error);
        throw error;
      }
    },
  };
}

function toMessages(prompt: readonly unknown[]): readonly ChatMessage[] {
  // A prompt of the SDK is a list of messages with a role.
  return prompt as readonly ChatMessage[];
}

function countedStream(stream: ReadableStream<unknown>, call: OpenCall): ReadableStream<unknown> {
  const reader = stream.getReader();
  return new ReadableStream<unknown>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          await call.end('ok', true);
          controller.close();
          return;
        }
        call.see(value);
        controller.enqueue(value);
      } catch (error) {
        await call.fail(error);
        controller.error(error);
      }
    },
    async cancel(reason) {
      await call.end('aborted', true);
      await reader.cancel(reason);
    },
  });
}
