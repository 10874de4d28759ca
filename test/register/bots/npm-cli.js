// Named like npm's own script.
const globals = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1'));
console.log(globals?.trace ? 'an SDK' : 'no SDK');
