import { z } from 'zod';
import { countField, instantField, isPlainObject, nameField } from '#lib/ingest/event-fields.ts';
import { findNumbersFault } from '#lib/ingest/free-json.ts';

export const messageRoles = ['user', 'assistant', 'system', 'tool'] as const;
export const messageKinds = ['text', 'thinking', 'tool_call', 'tool_result', 'summary'] as const;
export type MessageRole = (typeof messageRoles)[number];
export type MessageKind = (typeof messageKinds)[number];

export const partsMax = 1_000;

type Part = Readonly<Record<string, unknown>>;

/** Kept as it is (also a member named `__proto__`, which parsing into a new object would drop). */
const part = z
  .custom<Part>((value) => isPlainObject(value) && typeof value['type'] === 'string', {
    error: 'an object with a string `type`',
  })
  .superRefine((value, context) => {
    const fault = findNumbersFault(value);
    if (fault === null) return;
    context.addIssue({ code: 'custom', message: `a part with ${fault}`, params: { code: 'out_of_range' } });
  })
  .meta({ type: 'object', description: 'A part with a string `type`, as model providers have them' });

/** One line of a chat as it is sent. */
export const messageInput = z
  .strictObject({
    type: z.literal('message'),
    id: nameField,
    ts: instantField,
    agent: nameField,
    session: nameField,
    role: z.enum([...messageRoles, 'developer']).meta({ description: '`developer` is taken as `system`' }),
    kind: z.enum(messageKinds).nullish().meta({ description: 'Default text, of a tool: tool_result' }),
    content: z.union([z.string(), z.array(part).max(partsMax)]),
    toolName: nameField.nullish(),
    toolCallId: nameField.nullish(),
    tokens: countField.nullish().meta({ description: 'Estimated when absent' }),
    bytes: countField
      .nullish()
      .meta({ description: 'True size where the content was cut or is a stub; default that of the content' }),
    partial: z.boolean().nullish().meta({
      description:
        'True for a draft: all the text so far of a message that is being written, under the id that the message will have. It is shown, not stored.',
    }),
  })
  .meta({ id: 'MessageEvent', description: 'One line of a chat' });

export type MessageInput = z.infer<typeof messageInput>;

export type MessageEvent = {
  readonly type: 'message';
  readonly id: string;
  readonly ts: string;
  readonly tsMs: number;
  readonly agent: string;
  readonly session: string;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  /** As it was sent; may hold U+0000 and lone surrogates. */
  readonly content: string | readonly Part[];
  readonly toolName: string | null;
  readonly toolCallId: string | null;
  readonly tokens: number | null;
  /** True size where the content was cut or is a stub. */
  readonly bytes?: number | null;
};
