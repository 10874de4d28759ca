import { describe, expect, test } from 'vitest';
import { AiLogStage, canonicalStage } from '../../src/entry/stage.js';

describe('canonicalStage', () => {
  test.each(Object.values(AiLogStage))('keeps %s', (stage) => {
    expect(canonicalStage(stage)).toBe(stage);
  });

  test.each([
    ['strategy', AiLogStage.STRATEGY_GENERATION],
    ['strategyGeneration', AiLogStage.STRATEGY_GENERATION],
    ['strategy_gen', AiLogStage.STRATEGY_GENERATION],
    ['decision', AiLogStage.DECISION_MAKING],
    ['decision_making', AiLogStage.DECISION_MAKING],
    ['DECISION-MAKING', AiLogStage.DECISION_MAKING],
    ['DecisionMaking', AiLogStage.DECISION_MAKING],
    ['  decision.making ', AiLogStage.DECISION_MAKING],
    ['Execution', AiLogStage.EXECUTION],
    ['EXECUTE', AiLogStage.EXECUTION],
    ['exec', AiLogStage.EXECUTION],
    ['risk', AiLogStage.RISK_ASSESSMENT],
    ['riskAssessment', AiLogStage.RISK_ASSESSMENT],
    ['risk assess', AiLogStage.RISK_ASSESSMENT],
    ['signal', AiLogStage.SIGNAL_ANALYSIS],
    ['signal  analysis', AiLogStage.SIGNAL_ANALYSIS],
  ])('reads %s as %s', (text, stage) => {
    expect(canonicalStage(text)).toBe(stage);
  });

  test.each([
    ['  Portfolio Rebalancing ', 'Portfolio Rebalancing'],
    ['riskier', 'riskier'],
    ['r', 'r'],
    ['decision tree', 'decision tree'],
    ['execution report', 'execution report'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['', ''],
    ['d'.repeat(5_000), 'd'.repeat(5_000)],
  ])('lets other text through: %.20s', (text, expected) => {
    expect(canonicalStage(text)).toBe(expected);
  });
});
