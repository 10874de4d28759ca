// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} Question
 * @property {string} symbol
 * @property {import('./strategy.mjs').Reading} reading
 * @property {import('./strategy.mjs').Signal} signal
 * @property {import('./risk.mjs').Sizing} [sizing]
 *
 * @typedef {object} Answer
 * @property {string} model the exact id that answered, as a provider returns it
 * @property {'APPROVE' | 'HOLD'} decision
 * @property {number} confidence
 * @property {string} reasoning
 */

/**
 * Stands in for a language model behind an API: it takes a moment, answers with its exact id, and now and then
 * a call fails.
 *
 * @param {{ failsOnCall: number }} options which call times out, counted from 1
 */
export function createDecisionModel({ failsOnCall }) {
  let calls = 0;
  return {
    /** The name that the bot asks for. */
    alias: 'stand-in-model',

    /**
     * @param {Question} question
     * @returns {Promise<Answer>}
     */
    async decide({ signal, sizing }) {
      calls += 1;
      const call = calls;
      await delay(5);
      if (call === failsOnCall) throw new ModelTimeout('the model gave no answer within 20 s');
      const model = 'stand-in-model-2026-11-01';
      const { confidence, reason } = signal;
      if (signal.action === 'HOLD' || sizing === undefined) {
        return { model, decision: 'HOLD', confidence, reasoning: `${reason} Waiting costs nothing here.` };
      }
      const reasoning = `${reason} ${sizing.size} at ${sizing.leverage}x puts ${sizing.riskedUsdt} USDT at risk, which the account can bear.`;
      return { model, decision: 'APPROVE', confidence, reasoning };
    },
  };
}

export class ModelTimeout extends Error {
  /** @override */
  name = 'ModelTimeout';
}
