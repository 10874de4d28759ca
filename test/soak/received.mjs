// @ts-check

const MARK = /#id:(\d+)#/;

/** Which stages WEEX has, by the mark in each one's prompt. The emulator keeps the newest logs only, so look often. */
export class Received {
  #weex;
  #seen = new Uint8Array(1_000_000);
  different = 0;

  /** @param {import('../../dist/emulator.mjs').WeexEmulator} weex */
  constructor(weex) {
    this.#weex = weex;
  }

  look() {
    for (const { input } of this.#weex.logs()) {
      const number = Number(MARK.exec(String(input['prompt']))?.[1] ?? Number.NaN);
      if (Number.isNaN(number)) continue;
      if (number >= this.#seen.length) {
        const grown = new Uint8Array(number * 2);
        grown.set(this.#seen);
        this.#seen = grown;
      }
      if (this.#seen[number] === 0) this.different += 1;
      this.#seen[number] = 1;
    }
  }

  get twice() {
    return this.#weex.stats().accepted - this.different;
  }
}
