import { z } from 'zod';

const names = z.array(z.string()).describe('The first 500, in the order in which they came.');

/** `GET /api/names` */
export const namesAnswer = z.object({ agents: names, models: names, providers: names });
