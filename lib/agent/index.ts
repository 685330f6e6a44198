/**
 * The agent toolkit: what an agent's loop needs on its own side so that neither its sessions nor its spend
 * sink it. Needs Node 20 and nothing of the app. See docs/agent.md.
 */

export type { AdapterOptions } from './adapter-options.ts';
export { type AgentClock, systemClock } from './agent-clock.ts';
export type * from './agent-event.ts';
export { type AiSdkMiddleware, type AiSdkOptions, aiSdkMiddleware } from './ai-sdk-middleware.ts';
export {
  BoundedMap,
  type BoundedMapOptions,
  type BoundedMapReport,
  type EvictReason,
} from './bounded-map.ts';
export { BoundedQueue, type BoundedQueueOptions, type BoundedQueueReport } from './bounded-queue.ts';
export type { BudgetHold, BudgetWarning, CallUsage, PlannedCall } from './budget-call.ts';
export { BudgetExceeded, BudgetUnavailable } from './budget-error.ts';
export { BudgetGuard, type BudgetGuardOptions, type BudgetGuardReport } from './budget-guard.ts';
export type { ChatMessage } from './chat-message.ts';
export { createPlimsoll, Plimsoll, type PlimsollOptions } from './create-plimsoll.ts';
export type { TrackedDraft } from './draft-sender.ts';
export { DropWatch, type DropWatchReport } from './drop-watch.ts';
export { estimateTextTokens } from './estimate-text-tokens.ts';
export type { FitReport, FitResult } from './fit-report.ts';
export { type FitFileReport, fitSessionFile } from './fit-session-file.ts';
export { Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
export { HistoryTrimmer, type HistoryTrimmerOptions, type TrimStats } from './history-trimmer.ts';
export { type Closable, type CloseFailure, Lifecycle } from './lifecycle.ts';
export type { LocalBudget, LocalSpend } from './local-budgets.ts';
export {
  type PruneContextOptions,
  type PruneContextReport,
  type PrunedContext,
  pruneContext,
} from './prune-context.ts';
export type { PruneReport } from './prune-report.ts';
export {
  type PrunedResponse,
  type PruneResponseOptions,
  pruneResponse,
  type ResponseRule,
  type SeenResults,
} from './prune-response.ts';
export { type PrunedResults, pruneResults } from './prune-results.ts';
export { type QueryClassName, queryClass, queryClasses } from './query-class.ts';
export { type RecordedMessage, toHistory } from './recorded-message.ts';
export { type Replay, type ReplayedCall, type ReplayRules, replaySession } from './replay-session.ts';
export { ResultStore } from './result-store.ts';
export { RunEmitter, type RunEmitterOptions, type RunEmitterReport } from './run-emitter.ts';
export { SessionGuard } from './session-guard.ts';
export type { SessionGuardOptions } from './session-guard-options.ts';
export {
  SessionSemaphores,
  type SessionSemaphoresOptions,
  type SessionSemaphoresReport,
} from './session-semaphores.ts';
export {
  agentStates,
  impulseQueue,
  interestResults,
  pendingResponses,
  threadCache,
  typingThrottle,
} from './state-presets.ts';
export { type Summariser, type SummaryRequest, summariseByExtract } from './summarise-by-extract.ts';
export { type OperationSpeed, operationSpeed, type TimedOperation, timeOperation } from './time-operation.ts';
export { TokenEstimate } from './token-estimate.ts';
export type { ToolCall, ToolContext, ToolDefinition, ToolResult, ToolStatus } from './tool-call.ts';
export { ToolRunner, type ToolRunnerOptions, type ToolRunnerReport } from './tool-runner.ts';
export { UsageClient } from './usage-client.ts';
export type { TrackedEvent, UsageClientOptions, UsageClientReport } from './usage-client-options.ts';
export { type WarmUpReport, type WarmUpTarget, warmUp } from './warm-up.ts';
export { wrapAnthropic, wrapOpenAI } from './wrap-client.ts';
