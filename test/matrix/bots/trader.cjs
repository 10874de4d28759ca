// @ts-check
const { trace } = require('@opentelemetry/api');
const { decide } = require('./decide.cjs');

decide(trace.getTracer('bot'));
