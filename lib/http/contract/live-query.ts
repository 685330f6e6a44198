import { z } from 'zod';
import { changeTopics } from '#lib/live/project-change.ts';
import { plainText } from './plain-text.ts';

/** `GET /api/live` */
export const liveQuery = z.strictObject({
  session: plainText(512)
    .optional()
    .describe('The session to follow: its changes are told as they come, the rest once a second.'),
});

/** The data of each `change` event. The first comes at once, and says that anything may have changed. */
export const liveAnswer = z.object({
  topics: z.array(z.enum(changeTopics)).describe('What changed in the project.'),
  sessions: z.array(z.string()).describe('The followed session, when it changed.'),
});
