/** Every table, for drizzle and drizzle-kit; the one list that the twin test and the distribution command walk. */
export { agentDays } from './agent-days.ts';
export { agents } from './agents.ts';
export { alertTargets } from './alert-targets.ts';
export { alerts } from './alerts.ts';
export { apiKeys } from './api-keys.ts';
export { audit } from './audit.ts';

export { budgetPeriods } from './budget-periods.ts';
export { budgets } from './budgets.ts';
export { callClassRollups } from './call-class-rollups.ts';
export { clears } from './clears.ts';
export { deliveries } from './deliveries.ts';

export { heartbeats } from './heartbeats.ts';
export { holds } from './holds.ts';
export { importMarks } from './import-marks.ts';
export { jobRuns } from './job-runs.ts';
export { loginLinks } from './login-links.ts';
export { loginSessions } from './login-sessions.ts';
export { messageBlocks } from './message-blocks.ts';
export { messageDrafts } from './message-drafts.ts';
export { messages } from './messages.ts';
export { models } from './models.ts';
export { operationRollups } from './operation-rollups.ts';
export { operations } from './operations.ts';
export { pendingFlushes } from './pending-flushes.ts';
export { pendingOperations } from './pending-operations.ts';
export { priceOverrides } from './price-overrides.ts';
export { priceVersions } from './price-versions.ts';
export { projects } from './projects.ts';
export { rollupCorrections } from './rollup-corrections.ts';
export { sessionUses } from './session-uses.ts';
export { sessions } from './sessions.ts';
export { settings } from './settings.ts';
export { usageEvents } from './usage-events.ts';
export { usageRollups } from './usage-rollups.ts';
