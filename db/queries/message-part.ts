import { type ContextPart, contextPartNames } from '#lib/sessions/context-parts.ts';
import { messageKindCodes, roleCodes } from '../codes.ts';

/** The number of a part of a context, as `messagePart` gives it. */
export const partNumber = (name: ContextPart) => contextPartNames.indexOf(name);

/** Which part of a context a message is. */
export const messagePart = `case when kind = ${messageKindCodes.summary} or role = ${roleCodes.system} then ${partNumber('system')}
  when kind = ${messageKindCodes.tool_result} or role = ${roleCodes.tool} then ${partNumber('tool')}
  when role = ${roleCodes.user} then ${partNumber('user')} else ${partNumber('assistant')} end`;

/** Messages of a block in `message_blocks`. */
export const blockRows = 256;
