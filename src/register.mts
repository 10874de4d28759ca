// The ESM face of the CommonJS build: whichever way it is preloaded, it starts once.
import './register.js';
