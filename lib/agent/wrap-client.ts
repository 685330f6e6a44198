import { type AdapterOptions, maxOutputTokensDefault, sessionOf } from './adapter-options.ts';
import type { OpenCall } from './call-meter.ts';
import { type ChatMessage, isObject, type JsonObject } from './chat-message.ts';
import type { Plimsoll } from './create-plimsoll.ts';
import { isStream, meteredStream } from './metered-stream.ts';
import { readMessage } from './read-message.ts';
import { hasMethod, withMethod } from './with-method.ts';

/**
 * An OpenAI client whose `chat.completions.create` and `responses.create` hold their sessions and budgets and
 * send their usage. All else is the client's own. What the calls give is awaited, so that `withResponse()`
 * is not there. A stream tells its usage when it is asked with `stream_options: { include_usage: true }`;
 * without, it is estimated and marked so.
 */
export function wrapOpenAI<C extends object>(client: C, plimsoll: Plimsoll, options: AdapterOptions = {}): C {
  const named = { ...options, provider: options.provider ?? 'openai' };
  const chat = withMethod(client, ['chat', 'completions', 'create'], (create) =>
    meteredCreate(create, { plimsoll, options: named, field: 'messages' }),
  );
  if (!hasMethod(client, ['responses', 'create'])) return chat;
  return withMethod(chat, ['responses', 'create'], (create) =>
    meteredCreate(create, { plimsoll, options: named, field: 'input' }),
  );
}

/**
 * An Anthropic client whose `messages.create` and `messages.stream` hold their sessions and send their usage;
 * `create` holds budgets too (`stream` answers at once, so that nothing can be asked before it).
 */
export function wrapAnthropic<C extends object>(
  client: C,
  plimsoll: Plimsoll,
  options: AdapterOptions = {},
): C {
  const named = { ...options, provider: options.provider ?? 'anthropic' };
  const made = withMethod(client, ['messages', 'create'], (create) =>
    meteredCreate(create, { plimsoll, options: named, field: 'messages' }),
  );
  if (!hasMethod(client, ['messages', 'stream'])) return made;
  return withMethod(made, ['messages', 'stream'], (stream) =>
    meteredEmitter(stream, { plimsoll, options: named }),
  );
}

type Method = (...args: unknown[]) => unknown;
type Wrapping = {
  readonly plimsoll: Plimsoll;
  readonly options: AdapterOptions & { readonly provider: string };
};

function meteredCreate(
  create: Method,
  wrapping: Wrapping & { readonly field: 'messages' | 'input' },
): Method {
  const { plimsoll, options, field } = wrapping;
  return async (params: unknown, ...rest: unknown[]) => {
    if (!isObject(params)) return create(params, ...rest);
    const session = sessionOf(options, params, plimsoll.session);
    const messages = messagesOf(params[field]);
    const held =
      messages === null ? null : await plimsoll.hold(messages, { session, context: options.context });
    const sent = held === null ? params : { ...params, [field]: held };
    const call = await plimsoll.meter.begin(planOf(sent, { field, session, provider: options.provider }));
    try {
      const answer = await create(sent, ...rest);
      if (isStream(answer)) return meteredStream(answer, call);
      call.see(answer);
      await call.end();
      return answer;
    } catch (error) {
      await call.fail(error);
      throw error;
    }
  };
}

/** Anthropic's `stream()`: an emitter that is there at once. */
function meteredEmitter(stream: Method, { plimsoll, options }: Wrapping): Method {
  return (params: unknown, ...rest: unknown[]) => {
    if (!isObject(params)) return stream(params, ...rest);
    const session = sessionOf(options, params, plimsoll.session);
    const messages = messagesOf(params['messages']);
    const sent =
      messages === null
        ? params
        : { ...params, messages: plimsoll.holdNow(messages, { session, context: options.context }) };
    const call = plimsoll.meter.beginNow(
      planOf(sent, { field: 'messages', session, provider: options.provider }),
    );
    const made = stream(sent, ...rest);
    listen(made, call);
    return made;
  };
}

function listen(emitter: unknown, call: OpenCall): void {
  if (!isObject(emitter) || typeof emitter['on'] !== 'function') return;
  const { on } = emitter;
  on.call(emitter, 'finalMessage', (message: unknown) => {
    call.see(message);
    void call.end('ok', true);
  });
  on.call(emitter, 'error', (error: unknown) => void call.fail(error));
  on.call(emitter, 'abort', (error: unknown) => void call.fail(error));
}

function messagesOf(value: unknown): readonly ChatMessage[] | null {
  return Array.isArray(value) && value.every(isObject) ? value : null;
}

function planOf(
  params: JsonObject,
  about: { readonly field: string; readonly session: string | undefined; readonly provider: string },
) {
  const spoken = [params[about.field]]
    .flat()
    .map((message) => (isObject(message) ? message : { content: message }));
  // Instructions and tools are sent with every call too.
  const others = [params['system'], params['instructions'], params['tools']].filter(
    (part) => part !== undefined,
  );
  const all: readonly ChatMessage[] = [...spoken, ...others.map((content) => ({ role: 'system', content }))];
  const asked = params['max_completion_tokens'] ?? params['max_output_tokens'] ?? params['max_tokens'];
  return {
    provider: about.provider,
    model: typeof params['model'] === 'string' ? params['model'] : 'unknown',
    session: about.session,
    inputTokens: all.reduce((sum, message) => sum + readMessage(message).tokens, 0),
    maxOutputTokens: typeof asked === 'number' ? asked : maxOutputTokensDefault,
  };
}
