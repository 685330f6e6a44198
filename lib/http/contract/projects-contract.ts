import { z } from 'zod';
import type { ProjectView } from '#lib/settings/project-view.ts';
import { plainText } from './plain-text.ts';

const project = z.object({
  slug: z.string(),
  name: z.string(),
  isDemo: z.boolean().describe('Made up by `npm run demo`.'),
  isShown: z.boolean().describe('It is the one whose data this browser or key reads.'),
}) satisfies z.ZodType<ProjectView>;

/** `GET /api/projects` */
export const projectsAnswer = z.object({ projects: z.array(project) });

/** `PUT /api/projects/shown` */
export const shownProject = z.strictObject({ slug: plainText(200) });
