export type { WeexApiVersion, WeexMode, WeexOptions } from './config/settings';
export {
  AiLogEntry,
  type AiLogEntryFields,
  createDecisionLog,
  createExecutionLog,
  createRiskAssessmentLog,
  createSignalAnalysisLog,
  createStrategyLog,
  type WeexPayload,
} from './entry/ai-log-entry';
export {
  ATTR_AI_CLIENT_ORDER_ID,
  ATTR_AI_EXPLANATION,
  ATTR_AI_INPUT,
  ATTR_AI_MODEL,
  ATTR_AI_ORDER_ID,
  ATTR_AI_OUTPUT,
  ATTR_AI_STAGE,
  ATTR_AI_SYMBOL,
} from './entry/attributes';
export { serializeForAiLog } from './entry/serialize';
export { AiLogStage } from './entry/stage';
export { type Disposition, WeexApiError, WeexConfigError, type WeexErrorCode } from './errors';
export type { WeexEvent } from './events';
export type { WeexReceipt } from './journal/journal';
export { WeexAiLogger } from './logger/weex-ai-logger';
export { AiStageSampler, type AiStageSamplerOptions } from './otel/ai-stage-sampler';
export {
  WeexLogRecordProcessor,
  type WeexLogRecordProcessorOptions,
} from './otel/weex-log-record-processor';
export { WeexSpanExporter } from './otel/weex-span-exporter';
export { WeexSpanProcessor, type WeexSpanProcessorOptions } from './otel/weex-span-processor';
export type { LinkOutcome } from './pipeline/entry-outcome';
export type { WeexHealth } from './pipeline/health';
export type { OrderTarget, WaitTarget } from './pipeline/outcomes';
export type { StageDetails } from './stages/stage-details';
export type { StageSpan } from './stages/stage-span';
export { startActiveStage, startStage } from './stages/start-stage';
