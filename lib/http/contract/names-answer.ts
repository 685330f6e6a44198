import { z } from 'zod';

/** `GET /api/names` */
export const namesAnswer = z.object({
  agents: z.array(z.string()).describe('The first 1,000 by the alphabet.'),
  models: z.array(z.string()).describe('The first 1,000 by the alphabet.'),
});
