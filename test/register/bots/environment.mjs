// What a bot sees of the environment after register.
const texts = Object.keys(process.env).filter((name) => name.startsWith('OTEL_WEEX_'));
console.log(process.env.OTEL_CONFIG_FILE, texts.length === 0 ? 'no text variables' : texts.join());
