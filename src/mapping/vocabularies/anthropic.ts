import { scopeNameOf } from '../finished-span';
import { roleOfOperation } from './gen-ai';
import type { Vocabulary } from './vocabulary';

/**
 * The Anthropic SDK's own spans, since 0.134. It makes one for every request; only those of messages name an
 * operation. Their content follows the OpenTelemetry conventions and is off by default.
 */
export const anthropic: Vocabulary = {
  name: 'anthropic',
  firstPieces: ['gen_ai', 'anthropic'],

  roleOf: (attributes, span) =>
    scopeNameOf(span) === 'com.anthropic.sdk.typescript'
      ? (roleOfOperation(attributes['gen_ai.operation.name']) ?? 'none')
      : undefined,

  fields: {
    toolResult: (attributes) => attributes['anthropic.tool_result.content'],
  },

  contentSwitch: (attributes) =>
    attributes['gen_ai.request.stream'] === true && attributes['gen_ai.input.messages'] !== undefined
      ? 'use messages.stream(), because the SDK records no answer of messages.create({ stream: true })'
      : 'set ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE=content',
};
