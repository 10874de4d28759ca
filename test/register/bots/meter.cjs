// Counts its trades beside tracing them.
const { metrics } = require('@opentelemetry/api');

metrics.getMeter('bot').createCounter('trades').add(3);
require('./trader.cjs');
