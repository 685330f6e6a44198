import 'server-only';
import { liveService } from '../live/live-service.ts';

/** Open pages read what depends on prices again: after a change of rates, and of stored costs. */
export function announcePrices(projectId: number): void {
  liveService().hub.publish(projectId, { topics: ['usage', 'settings'], sessions: 'many' });
}
